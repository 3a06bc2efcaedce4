# ruby attempt.rb <file of attempts>: fails with ruby-pg, and prints what each attempt ends with.
require 'json'
require 'pg'

JSON.parse(File.read(ARGV[0])).each do |given|
  words = {
    host: given['host'], port: given['port'], user: given['user'], dbname: given['database'],
    sslmode: given['tls'], connect_timeout: given['timeout']
  }
  words[:password] = given['password'] if given['password']
  words[:sslrootcert] = given['ca'] if given['ca']
  begin
    PG.connect(**words)
  rescue PG::Error => e
    puts JSON.generate(id: given['id'], texts: [e.message, "#{e.class}: #{e.message}"])
  end
end

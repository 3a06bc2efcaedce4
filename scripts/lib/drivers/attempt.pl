# perl attempt.pl <file of attempts>: fails with DBD::Pg, and prints what each attempt ends with.
use strict;
use warnings;
use DBI;
use JSON::PP;

open my $file, '<', $ARGV[0] or die;
my $attempts = decode_json(join '', <$file>);
$| = 1;
for my $given (@$attempts) {
    my $source = "dbi:Pg:host=$given->{host};port=$given->{port};dbname=$given->{database};sslmode=$given->{tls};connect_timeout=$given->{timeout}";
    $source .= ";sslrootcert=$given->{ca}" if $given->{ca};
    my $open = DBI->connect($source, $given->{user}, $given->{password}, { PrintError => 0, RaiseError => 0 });
    next if $open;
    print encode_json({ id => $given->{id}, texts => [$DBI::errstr] }), "\n";
}

<?php
// php attempt.php <file of attempts>: fails with PDO, and prints what each attempt ends with.
foreach (json_decode(file_get_contents($argv[1]), true) as $given) {
    $words = ['host' => $given['host'], 'port' => $given['port'], 'dbname' => $given['database'], 'sslmode' => $given['tls'], 'connect_timeout' => $given['timeout']];
    if (isset($given['ca'])) {
        $words['sslrootcert'] = $given['ca'];
    }
    $string = 'pgsql:' . implode(';', array_map(fn($name) => "$name=$words[$name]", array_keys($words)));
    try {
        new PDO($string, $given['user'], $given['password'] ?? null);
    } catch (PDOException $error) {
        echo json_encode(['id' => $given['id'], 'texts' => [$error->getMessage()]]), "\n";
    }
}

// attempt <driver> <file of attempts>: fails with lib/pq or pgx, and prints what each attempt ends with.
package main

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"os"

	"github.com/jackc/pgx/v4"
	_ "github.com/lib/pq"
)

type attempt struct {
	ID       string `json:"id"`
	Host     string `json:"host"`
	Port     int    `json:"port"`
	User     string `json:"user"`
	Password string `json:"password"`
	Database string `json:"database"`
	TLS      string `json:"tls"`
	CA       string `json:"ca"`
	Timeout  int    `json:"timeout"`
}

func (given attempt) words() string {
	words := fmt.Sprintf("host=%s port=%d user=%s dbname=%s sslmode=%s connect_timeout=%d", given.Host, given.Port, given.User, given.Database, given.TLS, given.Timeout)
	if given.Password != "" {
		words += " password=" + given.Password
	}
	if given.CA != "" {
		words += " sslrootcert=" + given.CA
	}
	return words
}

func connect(driver string, given attempt) error {
	if driver == "pgx" {
		open, err := pgx.Connect(context.Background(), given.words())
		if err == nil {
			open.Close(context.Background())
		}
		return err
	}
	open, err := sql.Open("postgres", given.words())
	if err != nil {
		return err
	}
	defer open.Close()
	return open.Ping()
}

func main() {
	text, err := os.ReadFile(os.Args[2])
	if err != nil {
		panic(err)
	}
	var attempts []attempt
	if err := json.Unmarshal(text, &attempts); err != nil {
		panic(err)
	}
	for _, given := range attempts {
		if err := connect(os.Args[1], given); err != nil {
			line, _ := json.Marshal(map[string]any{"id": given.ID, "texts": []string{err.Error()}})
			fmt.Println(string(line))
		}
	}
}

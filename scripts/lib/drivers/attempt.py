# python3 attempt.py <driver> <file of attempts>: fails with a Python driver, and prints what each attempt ends with.
import asyncio
import json
import ssl
import sys
import traceback


def libpq(given):
    words = {
        "host": given["host"],
        "port": given["port"],
        "user": given["user"],
        "dbname": given["database"],
        "sslmode": given["tls"],
        "connect_timeout": given["timeout"],
    }
    if "password" in given:
        words["password"] = given["password"]
    if "ca" in given:
        words["sslrootcert"] = given["ca"]
    return words


def psycopg2(given):
    import psycopg2 as driver

    driver.connect(**libpq(given))


def psycopg(given):
    import psycopg as driver

    driver.connect(**libpq(given))


def sqlalchemy(given):
    from sqlalchemy import create_engine
    from sqlalchemy.engine import URL

    words = libpq(given)
    url = URL.create(
        "postgresql+psycopg2",
        words.pop("user"),
        words.pop("password", None),
        None,
        None,
        words.pop("dbname"),
        {name: str(value) for name, value in words.items()},
    )
    create_engine(url).connect()


def asyncpg(given):
    import asyncpg as driver

    context = None
    if given["tls"].startswith("verify"):
        context = ssl.create_default_context(cafile=given["ca"])
    asyncio.run(
        driver.connect(
            host=given["host"],
            port=given["port"],
            user=given["user"],
            password=given.get("password"),
            database=given["database"],
            ssl=context or given["tls"],
            timeout=given["timeout"],
        )
    )


name, attempts = sys.argv[1:]
for given in json.load(open(attempts)):
    try:
        globals()[name](given)
    except BaseException as error:
        printed = "".join(traceback.format_exception_only(type(error), error))
        print(json.dumps({"id": given["id"], "texts": [str(error), printed]}), flush=True)

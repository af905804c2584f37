#!/bin/bash
# Run once by the MySQL image, on an empty data folder: a schema and a user of its own for each service that has tables.
set -eu
create() {
    mysql --user=root --password="$MYSQL_ROOT_PASSWORD" <<SQL
CREATE DATABASE IF NOT EXISTS \`$1\` CHARACTER SET utf8mb4;
CREATE USER IF NOT EXISTS '$1'@'%' IDENTIFIED BY '$2';
GRANT ALL ON \`$1\`.* TO '$1'@'%';
SQL
}
create magpie_service "$SERVICE_DATABASE_PASSWORD"
create magpie_store "$STORE_DATABASE_PASSWORD"
create magpie_app "$BUSINESS_DATABASE_PASSWORD"

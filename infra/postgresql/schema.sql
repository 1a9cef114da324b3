-- The tables of a registry, for a database whose gateways may not make them. A gateway whose user owns the database makes them itself.
-- Run it once, as the owner of the database; the gateways' user is countersign:
--   psql -v ON_ERROR_STOP=1 --single-transaction -f schema.sql "host=db.example.com dbname=countersign user=owner"

CREATE SCHEMA IF NOT EXISTS countersign;

CREATE TABLE countersign.item (
    partition bytea NOT NULL,
    place bytea NOT NULL GENERATED ALWAYS AS (sha256(partition)) STORED,
    sort bytea NOT NULL,
    version bigint NOT NULL,
    expires bigint,
    payload bytea NOT NULL,
    checksum bigint NOT NULL,
    PRIMARY KEY (place, sort)
);

CREATE INDEX item_expires ON countersign.item (expires) WHERE expires IS NOT NULL;

CREATE TABLE countersign.registry (
    format integer NOT NULL,
    id uuid NOT NULL
);

INSERT INTO countersign.registry (format, id) VALUES (1, gen_random_uuid());

GRANT USAGE ON SCHEMA countersign TO countersign;
GRANT SELECT, INSERT, UPDATE, DELETE ON countersign.item TO countersign;
GRANT SELECT ON countersign.registry TO countersign;

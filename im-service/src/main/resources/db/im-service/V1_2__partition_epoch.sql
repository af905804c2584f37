-- The newest epoch of each partition of Redis, and the Redis (its master_replid) it was opened for.
CREATE TABLE partition_epoch (
  kind      CHAR(1) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'c: conversations, u: users',
  number    INT NOT NULL,
  epoch     BIGINT NOT NULL,
  replid    VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  opened_at TIMESTAMP(3) NOT NULL COMMENT 'when the epoch was taken; the fence counts from here',
  PRIMARY KEY (kind, number)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4;

-- Ids are ASCII and compared byte by byte: an index entry takes one byte a character, and no two ids are equal that differ.

-- One row per conversation for good: retention empties message, never this.
CREATE TABLE conversation (
  conversation_key BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  app_id VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  conversation_id VARCHAR(160) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  -- Of the newest message. They only ever rise.
  last_sequence BIGINT UNSIGNED NOT NULL DEFAULT 0,
  last_ordinal BIGINT UNSIGNED NOT NULL DEFAULT 0,
  last_time BIGINT NOT NULL DEFAULT 0 COMMENT 'unix milliseconds',
  shape_version BIGINT UNSIGNED NOT NULL DEFAULT 0,
  PRIMARY KEY (conversation_key),
  UNIQUE KEY conversation_name (app_id, conversation_id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Clustered by place, since that is how messages are read. The conversation and its key never part, so there is no foreign key to
-- check on every row.
CREATE TABLE message (
  conversation_key BIGINT UNSIGNED NOT NULL,
  sequence BIGINT UNSIGNED NOT NULL,
  sender_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  -- The bytes of a UUID. Not BINARY(16), which would fill a shorter value up instead of keeping or refusing it.
  client_message_id VARBINARY(16) NOT NULL,
  ordinal BIGINT UNSIGNED NOT NULL,
  server_time BIGINT NOT NULL COMMENT 'unix milliseconds',
  epoch BIGINT UNSIGNED NOT NULL,
  -- NULL: this row only keeps the place of a message that lies among the dead letters.
  content MEDIUMBLOB NULL,
  PRIMARY KEY (conversation_key, sequence),
  UNIQUE KEY message_name (conversation_key, client_message_id, sender_id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- The highest epoch whose barrier came out of the store queue of a conversation partition.
CREATE TABLE barrier (
  partition_number INT UNSIGNED NOT NULL,
  epoch BIGINT UNSIGNED NOT NULL,
  committed_at BIGINT NOT NULL COMMENT 'unix milliseconds',
  PRIMARY KEY (partition_number)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

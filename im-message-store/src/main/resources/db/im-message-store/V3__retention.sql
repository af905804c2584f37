-- What has outlived its retention: everything up to a sequence, with the ordinal and the time there. They only ever rise.
ALTER TABLE conversation
  ADD COLUMN outlived_sequence BIGINT UNSIGNED NOT NULL DEFAULT 0,
  ADD COLUMN outlived_ordinal BIGINT UNSIGNED NOT NULL DEFAULT 0,
  ADD COLUMN outlived_time BIGINT NOT NULL DEFAULT 0 COMMENT 'unix milliseconds',
  -- Nothing that is stored of it is older than this; 0 when nobody has looked yet. Only who deletes writes it, so that storing a message costs nothing more.
  ADD COLUMN kept_since BIGINT NOT NULL DEFAULT 0 COMMENT 'unix milliseconds',
  ADD KEY conversation_kept (app_id, kept_since);

-- One row: which of the message stores deletes, and until when the others leave it to that one.
CREATE TABLE retention_turn (
  id TINYINT NOT NULL,
  holder VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  ends_at TIMESTAMP(3) NOT NULL,
  PRIMARY KEY (id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

INSERT INTO retention_turn (id, holder, ends_at) VALUES (1, '', CURRENT_TIMESTAMP(3));

-- An erased user is a shell: his id is nobody's any more, for ever.
ALTER TABLE `user` ADD COLUMN erased BOOLEAN NOT NULL DEFAULT FALSE;

-- Whom to erase, and how far that is: everything before a place in a conversation, in the order of their names.
CREATE TABLE erasure (
  app_id          VARCHAR(32)     CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  user_id         VARCHAR(64)     CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  requested_at    BIGINT          NOT NULL COMMENT 'unix milliseconds by the clock of the database, as the next one',
  finished_at     BIGINT          NULL,
  conversation_id VARCHAR(160)    CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
  sequence        BIGINT UNSIGNED NOT NULL DEFAULT 0,
  PRIMARY KEY (app_id, user_id),
  KEY unfinished (finished_at, requested_at)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- Which instance erases, until when; whoever comes later takes over.
CREATE TABLE erasure_turn (
  id      TINYINT NOT NULL,
  holder  VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  ends_at TIMESTAMP(3) NOT NULL,
  PRIMARY KEY (id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4;

INSERT INTO erasure_turn (id, holder, ends_at) VALUES (1, '', CURRENT_TIMESTAMP(3));

-- Who blocks somebody is looked for when that one is erased.
ALTER TABLE blacklist ADD KEY blocked (app_id, blocked_id);

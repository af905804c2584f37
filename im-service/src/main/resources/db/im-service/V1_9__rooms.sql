-- A room as it is. Nobody is a member of it.
CREATE TABLE room (
  app_id       VARCHAR(32)     CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  room_id      VARCHAR(64)     CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  name         VARCHAR(128)    NOT NULL,
  announcement VARCHAR(4096)   NOT NULL,
  owner_id     VARCHAR(64)     CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'empty for the business system',
  muted        BOOLEAN         NOT NULL,
  keep_days    INT             NOT NULL,
  closed       BOOLEAN         NOT NULL DEFAULT FALSE,
  version      BIGINT UNSIGNED NOT NULL,
  created_at   BIGINT          NOT NULL COMMENT 'unix milliseconds, as all times here',
  PRIMARY KEY (app_id, room_id),
  KEY of_owner (app_id, owner_id, closed, room_id),
  KEY open_ones (app_id, closed, room_id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- Those of whom a room knows something that holds: nobody else has a row. What has ended is deleted some time after.
CREATE TABLE room_user (
  app_id       VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  room_id      VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  user_id      VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  moderator    BOOLEAN     NOT NULL,
  muted_until  BIGINT      NOT NULL,
  banned_until BIGINT      NOT NULL,
  holds_until  BIGINT      NOT NULL COMMENT 'when nothing of it holds any more; never for a moderator',
  PRIMARY KEY (app_id, room_id, user_id),
  KEY of_user (app_id, user_id, room_id),
  KEY expiry (holds_until)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- A group as it is.
CREATE TABLE im_group (
  app_id           VARCHAR(32)     CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  group_id         VARCHAR(64)     CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  name             VARCHAR(128)    NOT NULL,
  avatar           VARCHAR(512)    NOT NULL COMMENT 'an address, opaque to Magpie; empty for one that is drawn',
  announcement     VARCHAR(4096)   NOT NULL,
  owner_id         VARCHAR(64)     CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  join_policy      TINYINT         NOT NULL COMMENT 'the number of the protocol, as the next one',
  invite_policy    TINYINT         NOT NULL,
  open_history     BOOLEAN         NOT NULL,
  muted            BOOLEAN         NOT NULL,
  dissolved        BOOLEAN         NOT NULL DEFAULT FALSE,
  member_count     INT             NOT NULL,
  reach            TINYINT         NOT NULL COMMENT '0 INDEXED, 1 PUSHED, 2 NOTICED',
  version          BIGINT UNSIGNED NOT NULL,
  created_at       BIGINT          NOT NULL COMMENT 'unix milliseconds, as all times here',
  mentioned_sequence BIGINT UNSIGNED NOT NULL DEFAULT 0 COMMENT 'of the newest message that mentions everybody without raising each one''s mark; it never falls',
  PRIMARY KEY (app_id, group_id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- A row for each time that somebody is in a group. The versions are those of the events that began and ended it, the sequences their places in the
-- timeline, known when they are accepted; whoever has a membership without an end is a member.
CREATE TABLE group_member (
  app_id         VARCHAR(32)     CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  group_id       VARCHAR(64)     CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  user_id        VARCHAR(64)     CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  joined_version BIGINT UNSIGNED NOT NULL,
  left_version   BIGINT UNSIGNED NULL,
  from_sequence  BIGINT UNSIGNED NULL COMMENT 'what is above it can be read',
  to_sequence    BIGINT UNSIGNED NULL COMMENT 'and nothing above this',
  role           TINYINT         NOT NULL COMMENT 'the number of the protocol',
  nickname       VARCHAR(64)     NOT NULL,
  muted_until    BIGINT          NOT NULL DEFAULT 0,
  joined_at      BIGINT          NOT NULL,
  PRIMARY KEY (app_id, group_id, user_id, joined_version),
  KEY of_user (app_id, user_id, group_id),
  KEY in_order (app_id, group_id, left_version, joined_version, user_id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- The events of groups, each committed together with what it changes. One whose appended_at is NULL waits for its place in the timeline.
CREATE TABLE group_change (
  app_id            VARCHAR(32)     CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  group_id          VARCHAR(64)     CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  version           BIGINT UNSIGNED NOT NULL,
  client_message_id VARBINARY(16)   NOT NULL,
  sender_id         VARCHAR(64)     CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  content           MEDIUMBLOB      NOT NULL COMMENT 'an encoded MessageContent',
  reach             TINYINT         NOT NULL COMMENT 'from here on',
  created_at        BIGINT          NOT NULL,
  appended_at       BIGINT          NULL,
  PRIMARY KEY (app_id, group_id, version),
  KEY unappended (appended_at, created_at)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- Who wants to come in and waits for an admin.
CREATE TABLE group_request (
  app_id       VARCHAR(32)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  group_id     VARCHAR(64)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  user_id      VARCHAR(64)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  message      VARCHAR(255) NOT NULL,
  requested_at BIGINT       NOT NULL,
  PRIMARY KEY (app_id, group_id, user_id),
  KEY of_user (app_id, user_id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- Links by which one comes in. The token itself is kept by nobody.
CREATE TABLE group_link (
  app_id     VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  token_hash BINARY(32)  NOT NULL,
  group_id   VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  made_by    VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  expires_at BIGINT      NOT NULL,
  PRIMARY KEY (app_id, token_hash),
  KEY of_group (app_id, group_id),
  KEY expiry (expires_at)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

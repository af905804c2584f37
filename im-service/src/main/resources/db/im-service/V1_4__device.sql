-- The devices that users have logged in with. Written behind: a device that is connected may be missing for a moment.
CREATE TABLE device (
  app_id      VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  user_id     VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  client_type TINYINT UNSIGNED NOT NULL COMMENT 'the number of the protocol',
  device_id   VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  name        VARCHAR(64) NOT NULL COMMENT 'for people; empty when the device has none',
  first_login BIGINT NOT NULL COMMENT 'Unix milliseconds by the clock of Redis, as the next two',
  last_login  BIGINT NOT NULL,
  last_active BIGINT NOT NULL COMMENT 'when it was connected last; kept to within some minutes while it is',
  sig_issued  BIGINT NOT NULL COMMENT 'iat of the newest userSig that it has logged in with, Unix seconds',
  PRIMARY KEY (app_id, user_id, client_type, device_id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- What userSigs are worth nothing any more: on one device, or (client type 0 and no device id) on all of a user's.
CREATE TABLE sign_out (
  app_id       VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  user_id      VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  client_type  TINYINT UNSIGNED NOT NULL,
  device_id    VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  issued_until BIGINT NOT NULL COMMENT 'those whose iat is not above this, Unix seconds',
  PRIMARY KEY (app_id, user_id, client_type, device_id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- What rooms keep. It has no place in any conversation, and nothing looks at it but who reads a room.
CREATE TABLE room_message (
  app_id VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  room_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  -- The place: a run is a number that rises from one to the next.
  run BIGINT UNSIGNED NOT NULL,
  number BIGINT UNSIGNED NOT NULL,
  -- The bytes of a UUID.
  client_message_id VARBINARY(16) NOT NULL,
  sender_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'empty for the business system',
  server_time BIGINT NOT NULL COMMENT 'unix milliseconds',
  priority TINYINT NOT NULL,
  keep_until BIGINT NOT NULL COMMENT 'unix milliseconds',
  content MEDIUMBLOB NOT NULL,
  -- Clustered by place, since that is how rooms are read. A place that was given out twice, because Redis had lost its count, is no reason to lose a message.
  PRIMARY KEY (app_id, room_id, run, number, client_message_id),
  UNIQUE KEY room_message_name (app_id, room_id, client_message_id, sender_id),
  KEY room_message_sender (app_id, sender_id, room_id, run, number),
  KEY room_message_kept (keep_until)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

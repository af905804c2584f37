package im.magpie.service.user;

import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/** What is to change about a user; null leaves things as they are. */
public record UserChange(
        @Nullable @Size(max = 64) String nickname,
        @Nullable @Size(max = 512) String avatar,
        @Nullable Boolean disabled) {}

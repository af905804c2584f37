package im.magpie.service.user;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/**
 * One of many users who are imported together.
 *
 * @param nickname null for none
 * @param avatar null for none
 * @param disabled null leaves one who is there as he is
 */
public record UserProfile(
        @NotNull String userId,
        @Nullable @Size(max = 64) String nickname,
        @Nullable @Size(max = 512) String avatar,
        @Nullable Boolean disabled) {}

package im.magpie.service.group;

import static java.nio.charset.StandardCharsets.UTF_8;

import im.magpie.codec.protocol.ErrorCode;
import im.magpie.codec.protocol.GroupLink;
import im.magpie.codec.protocol.GroupRole;
import im.magpie.codec.protocol.JoinGroup;
import im.magpie.codec.protocol.MakeLink;
import im.magpie.codec.protocol.RevokeLink;
import im.magpie.common.error.MagpieException;
import im.magpie.service.membership.GroupKey;
import im.magpie.service.request.Actor;
import im.magpie.service.request.Rules;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;

/**
 * Links by which one comes into groups. A link is a token of 128 random bits, of which only the hash is kept: whoever reads the database comes in nowhere.
 *
 * <p>Blocks; safe for use by many threads.
 */
final class GroupLinks {

    private static final Logger log = LoggerFactory.getLogger(GroupLinks.class);
    private static final int TOKEN_BYTES = 16;
    private static final int ROWS_AT_ONCE = 500;
    private static final int STEPS = 20;

    private final GroupTables tables;
    private final GroupLedger ledger;
    private final Supplier<GroupSettings> settings;
    private final LongSupplier clock;
    private final SecureRandom random = new SecureRandom();

    /** @param clock the server's, unix milliseconds */
    GroupLinks(GroupTables tables, GroupLedger ledger, Supplier<GroupSettings> settings, LongSupplier clock) {
        this.tables = tables;
        this.ledger = ledger;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Makes a link, of whoever may bring others in.
     *
     * @throws MagpieException INVALID_REQUEST, GROUP_FULL where there are too many; as {@link GroupLedger#change} does
     */
    GroupLink make(Actor actor, GroupKey group, MakeLink wanted) {
        var longest = settings.get().longestLink();
        Rules.require(
                wanted.getSeconds() >= 0 && wanted.getSeconds() <= longest.toSeconds(),
                "a link is good for 1 to %d seconds, or 0 for the longest".formatted(longest.toSeconds()));
        var time = wanted.getSeconds() == 0 ? longest : Duration.ofSeconds(wanted.getSeconds());
        var token = token();
        var expires = clock.getAsLong() + time.toMillis();
        ledger.change(group, GroupLedger.Request.of(actor.userId()), draft -> {
            GroupRights.of(draft, actor.userId()).requireInvite(draft.group().getInvitePolicy());
            draft.requireLiving();
            requireRoom(draft);
            tables.links()
                    .insert(
                            group.appId(),
                            hash(token),
                            new GroupLinkMapper.Row(group.groupId(), actor.userId(), expires));
            return null;
        });
        return GroupLink.newBuilder().setToken(token).setExpires(expires).build();
    }

    private void requireRoom(GroupDraft draft) {
        var most = settings.get().maxLinks();
        if (tables.links().count(draft.key(), draft.now()) >= most) {
            throw new MagpieException(ErrorCode.GROUP_FULL, "a group has at most %d links".formatted(most));
        }
    }

    private String token() {
        var bytes = new byte[TOKEN_BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** A link lets nobody in any more; that of somebody else takes an admin. */
    GroupLedger.Operation revoke(Actor actor, RevokeLink revoked) {
        return draft -> {
            var rights = GroupRights.of(draft, actor.userId());
            rights.require(GroupRole.MEMBER);
            var link = find(draft.key(), revoked.getToken());
            if (link == null) {
                return null;
            }
            if (!link.madeBy().equals(actor.userId())) {
                rights.require(GroupRole.ADMIN);
            }
            tables.links().delete(draft.key().appId(), hash(revoked.getToken()));
            return null;
        };
    }

    /**
     * Returns the group that a request to join means: the one that it names, or else that of its link.
     *
     * @throws MagpieException NOT_FOUND, INVALID_REQUEST
     */
    GroupKey group(Actor actor, String groupId, JoinGroup join) {
        if (!groupId.isEmpty() || join.getToken().isEmpty()) {
            return GroupRules.key(actor, groupId);
        }
        var link = tables.links().find(actor.appId(), hash(join.getToken()));
        if (link == null) {
            throw noLink();
        }
        return new GroupKey(actor.appId(), link.groupId());
    }

    /**
     * Sees to it that somebody may come in by a link: it is one to this group, has not expired, and who has made it may still bring others in.
     *
     * @throws MagpieException NOT_FOUND
     */
    void requireGood(GroupDraft draft, String token) {
        var link = find(draft.key(), token);
        if (link == null || link.expiresAt() <= draft.now()) {
            throw noLink();
        }
        try {
            GroupRights.of(draft, link.madeBy()).requireInvite(draft.group().getInvitePolicy());
        } catch (MagpieException e) {
            throw new MagpieException(
                    ErrorCode.NOT_FOUND, "who has made this link may not bring others in any more", e);
        }
    }

    private GroupLinkMapper.@Nullable Row find(GroupKey group, String token) {
        var link = tables.links().find(group.appId(), hash(token));
        return link != null && link.groupId().equals(group.groupId()) ? link : null;
    }

    private static MagpieException noLink() {
        return new MagpieException(ErrorCode.NOT_FOUND, "there is no such link, or not any more");
    }

    private static byte[] hash(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Deletes what has expired, within a bound: the rest is for the next time. */
    @Scheduled(fixedDelay = 1, timeUnit = TimeUnit.MINUTES)
    void tidy() {
        try {
            var now = clock.getAsLong();
            for (var step = 0;
                    step < STEPS && tables.links().deleteExpired(now, ROWS_AT_ONCE) == ROWS_AT_ONCE;
                    step++) {
                log.debug("More links have expired");
            }
        } catch (MagpieException | DataAccessException e) {
            log.debug("Links that have expired are deleted later", e);
        }
    }
}

package im.magpie.service.change;

import im.magpie.codec.protocol.ErrorCode;
import im.magpie.codec.protocol.GroupRole;
import im.magpie.common.error.MagpieException;
import im.magpie.common.user.UserKey;
import im.magpie.service.conversation.Head;
import im.magpie.service.conversation.Offer;
import im.magpie.service.membership.Extents;
import im.magpie.service.membership.GroupKey;
import im.magpie.service.membership.Member;
import im.magpie.service.membership.Standing;
import im.magpie.service.membership.Standings;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.springframework.dao.DataAccessException;

/**
 * What senders may do to what others have said in groups, by their ranks as they are where the message was checked or later: accept refuses what is
 * checked against ranks that the group does not have any more.
 *
 * <p>Blocks; safe for use by many threads. Throws {@link MagpieException} UNAVAILABLE when the database has to be asked and does not answer.
 */
public final class GroupRanks {

    private final Standings standings;
    private final Extents extents;

    public GroupRanks(Standings standings, Extents extents) {
        this.standings = standings;
        this.extents = extents;
    }

    static Member sender(Offer offer) {
        return new Member(
                new UserKey(offer.conversation().appId(), offer.key().senderId()),
                offer.conversation().conversationId());
    }

    /** Returns whether the sender of a change may read what it changes. In a private chat he may. */
    boolean mayRead(Offer change) {
        return extents.find(sender(change), new Head(0, 0, change.shapeVersion(), 0))
                .map(extent -> extent.has(change.target()))
                .orElse(false);
    }

    /** Returns whether the sender of a message may call everybody in its group. */
    boolean mayMentionAll(Offer message) {
        return GroupKey.find(message.conversation())
                .map(group -> has(
                        group,
                        message,
                        () -> standing(group, message, message.key().senderId())
                                .map(Standing::mayMentionAll)
                                .orElse(false)))
                .orElse(false);
    }

    /** What is known of a group may be outdated: a right that somebody does not have by that he may have now, and accept then has the message checked again. */
    private boolean has(GroupKey group, Offer offer, BooleanSupplier right) {
        if (right.getAsBoolean()) {
            return true;
        }
        try {
            standings.now(group, offer.key().senderId());
        } catch (DataAccessException e) {
            throw new MagpieException(ErrorCode.UNAVAILABLE, "the database does not answer", e);
        }
        return right.getAsBoolean();
    }

    /** Returns whether the sender of a change manages its group, and either the target is his own or its sender is of a lower rank there. */
    boolean manages(Offer change, String targetSenderId) {
        return GroupKey.find(change.conversation())
                .map(group -> has(group, change, () -> manages(group, change, targetSenderId)))
                .orElse(false);
    }

    private boolean manages(GroupKey group, Offer change, String targetSenderId) {
        var rank = rank(group, change, change.key().senderId());
        return rank >= GroupRole.ADMIN_VALUE
                && (change.key().senderId().equals(targetSenderId) || rank(group, change, targetSenderId) < rank);
    }

    /** Returns the number of a rank; 0 of somebody who is no member. */
    private int rank(GroupKey group, Offer offer, String userId) {
        return standing(group, offer, userId)
                .map(Standing::role)
                .map(GroupRole::getNumber)
                .orElse(0);
    }

    private Optional<Standing> standing(GroupKey group, Offer offer, String userId) {
        try {
            return Optional.ofNullable(standings.of(group, userId, offer.shapeVersion()));
        } catch (DataAccessException e) {
            throw new MagpieException(ErrorCode.UNAVAILABLE, "the database does not answer", e);
        }
    }
}

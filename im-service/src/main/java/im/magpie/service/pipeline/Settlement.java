package im.magpie.service.pipeline;

import im.magpie.codec.protocol.ErrorCode;
import im.magpie.common.error.MagpieException;
import im.magpie.common.user.UserKey;
import im.magpie.service.broker.StorePublisher;
import im.magpie.service.conversation.Confirmation;
import im.magpie.service.conversation.ConversationKey;
import im.magpie.service.conversation.ConversationLog;
import im.magpie.service.conversation.PendingMessage;
import im.magpie.service.conversation.Position;
import im.magpie.service.enrolment.NodesWithMembers;
import im.magpie.service.epoch.StaleEpochException;
import im.magpie.service.index.DeviceRoute;
import im.magpie.service.index.Touch;
import im.magpie.service.index.UserIndexes;
import im.magpie.service.membership.Audiences;
import im.magpie.service.membership.EventPlaces;
import im.magpie.service.membership.GroupKey;
import im.magpie.service.membership.Member;
import im.magpie.service.pipeline.Stage.Batch;
import im.magpie.service.push.PushPublisher;
import im.magpie.service.redis.ScriptFaultException;
import im.magpie.service.watermark.Watermarks;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What comes after accept, for messages of one partition and epoch: store, settle, push. Every step may be repeated, by anybody at any time,
 * which is what makes the way safe: whoever does not know how far a message has come starts again with storing it.
 *
 * <p>The order within a round is the one that readers rely on. The broker has confirmed a message before the confirmed position moves over it;
 * the members' indexes are raised after that, so that who follows them finds the message; the pending record goes last, behind the answer ({@link Finishing}), so
 * that until then the sweeper would do what is missing.
 */
final class Settlement {

    private static final Logger log = LoggerFactory.getLogger(Settlement.class);

    private final StorePublisher store;
    private final ConversationLog conversations;
    private final EventPlaces places;
    private final Audiences audiences;
    private final UserIndexes indexes;
    private final Watermarks watermarks;
    private final NodesWithMembers nodes;
    private final PushPublisher pushes;
    private final Finishing finishing;
    private final SubmitProperties properties;
    private final MessageTraces traces;

    Settlement(
            StorePublisher store,
            ConversationLog conversations,
            EventPlaces places,
            Audiences audiences,
            UserIndexes indexes,
            Watermarks watermarks,
            NodesWithMembers nodes,
            PushPublisher pushes,
            Finishing finishing,
            SubmitProperties properties,
            MessageTraces traces) {
        this.store = store;
        this.conversations = conversations;
        this.places = places;
        this.audiences = audiences;
        this.indexes = indexes;
        this.watermarks = watermarks;
        this.nodes = nodes;
        this.pushes = pushes;
        this.finishing = finishing;
        this.properties = properties;
        this.traces = traces;
    }

    /** Takes messages as far as they come before the deadline. What it throws is a fault of ours in one of them or in its conversation. */
    Progress settle(int partition, long epoch, List<PendingMessage> messages, Deadline deadline) {
        var open = messages.stream()
                .sorted(Comparator.comparingLong(pending -> pending.message().getSequence()))
                .map(Unsettled::of)
                .toList();
        Set<Position> settled = new HashSet<>();
        if (!stored(partition, pending(open), deadline)) {
            return new Progress(settled, false);
        }
        var patience = deadline.orIn(properties.orderPatience());
        var backoff = new Backoff();
        do {
            try {
                settled.addAll(round(partition, epoch, open));
            } catch (StaleEpochException e) {
                return new Progress(settled, true);
            } catch (ScriptFaultException e) {
                throw e;
            } catch (MagpieException e) {
                log.debug("Settling in partition {} goes on after a failure", partition, e);
            }
            open = open.stream()
                    .filter(message -> !settled.contains(message.position()))
                    .toList();
        } while (!open.isEmpty() && backoff.pauseUntil(patience));
        return new Progress(settled, false);
    }

    private boolean stored(int partition, List<PendingMessage> messages, Deadline deadline) {
        var begin = traces.begin();
        try {
            store.store(
                            partition,
                            messages.stream().map(PendingMessage::message).toList(),
                            deadline.left())
                    .get();
            traces.stored(messages, begin);
            return true;
        } catch (ExecutionException e) {
            log.debug("{} messages of partition {} stay pending", messages.size(), partition, e.getCause());
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Settles what can be settled now, and returns its positions; the rest has a message below it that is not confirmed yet, or waits for the database. */
    private List<Position> round(int partition, long epoch, List<Unsettled> open) {
        var begin = traces.begin();
        var confirmed = confirm(partition, epoch, succeeding(open, message -> place(epoch, message)));
        List<Addressed> addressed = new ArrayList<>(confirmed.size());
        succeeding(confirmed, message -> addressed.add(address(message)));
        if (addressed.isEmpty()) {
            return List.of();
        }
        var routes = raise(addressed);
        var nodes = nodes(addressed);
        var settled = addressed.stream().map(Addressed::unsettled).toList();
        var positions = positions(settled);
        finishing.finish(new Batch(partition, epoch), positions);
        traces.settled(pending(settled), begin);
        pushes.publish(() -> MessagePushes.of(addressed, routes, nodes));
        return positions;
    }

    /** Where an event begins or ends memberships, nobody may read over it before that is known. */
    private void place(long epoch, Unsettled unsettled) {
        var message = unsettled.message();
        if (message.getEvent()) {
            var group = GroupKey.of(unsettled.position().conversation());
            places.write(epoch, group, message.getShapeVersion(), message.getSequence(), unsettled.movement());
        }
    }

    /** Returns those messages for which a step succeeded; the others stay open, and hold up nobody but their own conversations. */
    private static List<Unsettled> succeeding(List<Unsettled> open, Consumer<Unsettled> step) {
        List<Unsettled> done = new ArrayList<>(open.size());
        for (var message : open) {
            try {
                step.accept(message);
                done.add(message);
            } catch (MagpieException e) {
                log.debug("{} waits for the database", message.position(), e);
            }
        }
        return done;
    }

    private List<Unsettled> confirm(int partition, long epoch, List<Unsettled> open) {
        if (open.isEmpty()) {
            return List.of();
        }
        var confirmations = conversations.confirm(partition, epoch, positions(open));
        List<Unsettled> confirmed = new ArrayList<>(open.size());
        for (int i = 0; i < open.size(); i++) {
            if (confirmations.get(i) != Confirmation.NOT_YET) {
                confirmed.add(open.get(i));
            }
        }
        return confirmed;
    }

    private Map<UserKey, List<DeviceRoute>> raise(List<Addressed> messages) {
        try {
            // First, so that who follows the index finds the marks.
            messages.forEach(this::beginToRead);
            watermarks.mention(mentions(messages));
            return indexes.raise(touches(messages));
        } catch (StaleEpochException e) {
            // Of a user partition: it says nothing about the messages' own.
            throw new MagpieException(ErrorCode.UNAVAILABLE, "the members' indexes could not be raised", e);
        }
    }

    private void beginToRead(Addressed addressed) {
        var message = addressed.message();
        if (message.getEvent()) {
            var came = addressed.movement().came().stream()
                    .map(userId -> new Member(new UserKey(message.getAppId(), userId), message.getConversationId()))
                    .toList();
            watermarks.begin(came, message.getSequence(), message.getOrdinal());
        }
    }

    /** The newest mention of each member. */
    private static Map<Member, Long> mentions(List<Addressed> messages) {
        Map<Member, Long> mentions = new HashMap<>();
        for (var addressed : messages) {
            var message = addressed.message();
            for (var user : addressed.audience().called()) {
                mentions.merge(new Member(user, message.getConversationId()), message.getSequence(), Math::max);
            }
        }
        return mentions;
    }

    /** Each conversation once for everybody who hears of it, however many messages it has: those of one version of a group have one audience. */
    private static List<Touch> touches(List<Addressed> messages) {
        Set<Collection<UserKey>> heard = Collections.newSetFromMap(new IdentityHashMap<>());
        List<Touch> touches = new ArrayList<>();
        for (var addressed : messages) {
            var audience = addressed.audience();
            if (heard.add(audience.users())) {
                var conversation = addressed.conversation().conversationId();
                audience.users()
                        .forEach(user -> touches.add(
                                new Touch(user, conversation, audience.moved().contains(user))));
            }
        }
        return touches;
    }

    private Addressed address(Unsettled unsettled) {
        return new Addressed(unsettled, audiences.of(unsettled.message(), unsettled.movement()));
    }

    /** Read behind the confirmed positions: a node that enrols later hears of them then. Where it can't be read, nodes find out by that too. */
    private Map<ConversationKey, List<String>> nodes(List<Addressed> messages) {
        var groups = messages.stream()
                .filter(Addressed::goesToNodes)
                .map(Addressed::conversation)
                .collect(Collectors.toSet());
        if (groups.isEmpty()) {
            return Map.of();
        }
        try {
            return nodes.of(groups);
        } catch (MagpieException e) {
            log.debug("The nodes of {} groups hear of messages when they enrol again", groups.size(), e);
            return Map.of();
        }
    }

    private static List<Position> positions(List<Unsettled> messages) {
        return messages.stream().map(Unsettled::position).toList();
    }

    private static List<PendingMessage> pending(List<Unsettled> messages) {
        return messages.stream().map(Unsettled::pending).toList();
    }
}

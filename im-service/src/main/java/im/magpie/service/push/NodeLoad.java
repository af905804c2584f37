package im.magpie.service.push;

import im.magpie.common.broker.PushEnvelope;
import im.magpie.common.broker.PushItem;
import im.magpie.service.index.DeviceRoute;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An envelope for one node, and whom it is for.
 *
 * @param incarnation of the node
 * @param routes of every device that the envelope's items name
 */
record NodeLoad(String incarnation, PushEnvelope envelope, List<DeviceRoute> routes) {

    /** Packs packets for the nodes that hold their devices, each node's in the order given, in envelopes of at most {@code maxBytes}. */
    static List<NodeLoad> pack(List<Push> pushes, long maxBytes) {
        Map<String, Packing> packings = new LinkedHashMap<>();
        List<NodeLoad> full = new ArrayList<>();
        for (var push : pushes) {
            byIncarnation(push).forEach((incarnation, routes) -> {
                var packing = packings.get(incarnation);
                if (packing == null || packing.size + push.body().size() > maxBytes) {
                    if (packing != null) {
                        full.add(packing.load(incarnation));
                    }
                    packing = new Packing();
                    packings.put(incarnation, packing);
                }
                packing.add(push, incarnation, routes);
            });
        }
        packings.forEach((incarnation, packing) -> full.add(packing.load(incarnation)));
        return full;
    }

    private static Map<String, List<DeviceRoute>> byIncarnation(Push push) {
        Map<String, List<DeviceRoute>> grouped = new LinkedHashMap<>();
        push.devices()
                .forEach(route -> grouped.computeIfAbsent(route.incarnation(), _ -> new ArrayList<>())
                        .add(route));
        if (push.members() != null) {
            push.members().nodes().forEach(node -> grouped.put(node, List.of()));
        }
        if (push.room() != null) {
            push.room().nodes().forEach(node -> grouped.put(node, List.of()));
        }
        return grouped;
    }

    private static final class Packing {
        private final PushEnvelope.Builder envelope = PushEnvelope.newBuilder();
        private final List<DeviceRoute> routes = new ArrayList<>();
        private long size;

        void add(Push push, String incarnation, List<DeviceRoute> to) {
            var item = PushItem.newBuilder()
                    .setCommand(push.command().getNumber())
                    .setBody(push.body())
                    .setConversationId(push.conversationId())
                    .setSequence(push.sequence())
                    .setTrace(push.trace())
                    .setMembersSince(push.membersSince());
            if (push.members() != null) {
                item.setMembers(push.members().on(incarnation));
            }
            if (push.room() != null) {
                item.setRoom(push.room().audience());
            }
            to.forEach(route -> item.addConnectionIds(route.connectionId()));
            envelope.addItems(item);
            routes.addAll(to);
            size += push.body().size();
        }

        NodeLoad load(String incarnation) {
            return new NodeLoad(incarnation, envelope.build(), List.copyOf(routes));
        }
    }
}

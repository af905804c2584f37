package im.magpie.common.node;

import com.alibaba.nacos.api.exception.NacosException;
import com.alibaba.nacos.api.naming.NamingService;
import com.alibaba.nacos.api.naming.pojo.Instance;
import im.magpie.codec.protocol.ErrorCode;
import im.magpie.common.error.MagpieException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The registry of a cluster: each node is an ephemeral instance of one Nacos service, which leaves the list when its
 * process is gone. A process registers one node at most.
 */
public final class NacosNodeRegistry implements NodeRegistry, AutoCloseable {

    private static final String SERVICE = "im-tcp";

    private static final String NODE_ID = "nodeId";
    private static final String INCARNATION = "incarnation";
    private static final String HOST = "host";
    private static final String WEB_SOCKET_PORT = "webSocketPort";
    private static final String CONNECTIONS = "connections";
    private static final String READY = "ready";

    private final NamingService naming;
    private final String ownAddress;
    private volatile @Nullable GatewayNode registered;

    /**
     * A registry over a connection to Nacos, which it closes.
     *
     * @param ownAddress this machine's address among the others: it tells nodes apart that clients reach by one address
     */
    public NacosNodeRegistry(NamingService naming, String ownAddress) {
        this.naming = naming;
        this.ownAddress = ownAddress;
    }

    @Override
    public void register(GatewayNode node) {
        if (!naming.getServerStatus().equals("UP")) {
            throw unavailable(null);
        }
        // Every registration is pushed to whoever watches the list, so one that says nothing new is left out.
        if (node.equals(registered)) {
            return;
        }
        try {
            naming.registerInstance(SERVICE, instance(node));
            registered = node;
        } catch (NacosException e) {
            throw unavailable(e);
        }
    }

    @Override
    public void deregister(GatewayNode node) {
        try {
            registered = null;
            naming.deregisterInstance(SERVICE, instance(node));
        } catch (NacosException e) {
            throw unavailable(e);
        }
    }

    /**
     * {@inheritDoc}
     *
     * <p>The first call subscribes to the list; from then on it is answered from memory.
     *
     * @throws MagpieException with UNAVAILABLE when the list was never seen and the registry can't be reached
     */
    @Override
    public List<GatewayNode> nodes() {
        try {
            return naming.selectInstances(SERVICE, true).stream()
                    .flatMap(NacosNodeRegistry::node)
                    .toList();
        } catch (NacosException e) {
            throw unavailable(e);
        }
    }

    private Instance instance(GatewayNode node) {
        var instance = new Instance();
        instance.setIp(ownAddress);
        instance.setPort(node.tcpPort());
        instance.setEphemeral(true);
        instance.setMetadata(Map.of(
                NODE_ID, node.nodeId(),
                INCARNATION, node.incarnation(),
                HOST, node.host(),
                WEB_SOCKET_PORT, Integer.toString(node.webSocketPort()),
                CONNECTIONS, Integer.toString(node.connections()),
                READY, Boolean.toString(node.ready())));
        return instance;
    }

    /** Leaves out what was not registered by a node of ours. */
    private static Stream<GatewayNode> node(Instance instance) {
        var metadata = instance.getMetadata();
        var nodeId = metadata.get(NODE_ID);
        var incarnation = metadata.get(INCARNATION);
        var host = metadata.get(HOST);
        var webSocketPort = metadata.get(WEB_SOCKET_PORT);
        var connections = metadata.get(CONNECTIONS);
        if (nodeId == null || incarnation == null || host == null || webSocketPort == null || connections == null) {
            return Stream.empty();
        }
        return Stream.of(new GatewayNode(
                nodeId,
                incarnation,
                host,
                instance.getPort(),
                Integer.parseInt(webSocketPort),
                Integer.parseInt(connections),
                // A node of the release before does not say.
                !"false".equals(metadata.get(READY))));
    }

    private static MagpieException unavailable(@Nullable NacosException cause) {
        var message = "the node registry can't be reached";
        return cause == null
                ? new MagpieException(ErrorCode.UNAVAILABLE, message)
                : new MagpieException(ErrorCode.UNAVAILABLE, message, cause);
    }

    @Override
    public void close() {
        try {
            naming.shutDown();
        } catch (NacosException e) {
            throw unavailable(e);
        }
    }
}

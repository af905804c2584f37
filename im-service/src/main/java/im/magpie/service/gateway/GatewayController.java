package im.magpie.service.gateway;

import im.magpie.common.node.GatewayNode;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Tells clients and business systems where to connect. */
@RestController
class GatewayController {

    /** As many as a client tries before it asks again. */
    private static final int MOST = 16;

    private final Gateways gateways;

    GatewayController(Gateways gateways) {
        this.gateways = gateways;
    }

    /** What there is to try, in this order. */
    record GatewayList(List<Gateway> gateways) {}

    /** Where one gateway is reached: frames over TCP, frames and JSON over WebSocket at {@code /im}. */
    record Gateway(String nodeId, String host, int tcpPort, int webSocketPort) {

        static Gateway of(GatewayNode node) {
            return new Gateway(node.nodeId(), node.host(), node.tcpPort(), node.webSocketPort());
        }
    }

    @GetMapping("/v1/gateways")
    GatewayList list() {
        return new GatewayList(
                gateways.inOrder().stream().limit(MOST).map(Gateway::of).toList());
    }
}

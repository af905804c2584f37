package im.magpie.e2e.story;

import im.magpie.e2e.metrics.MetricsPage;
import im.magpie.e2e.metrics.MetricsReference;
import im.magpie.e2e.people.People;
import im.magpie.e2e.system.Await;
import im.magpie.e2e.system.MagpieSystem;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

/** What those see who run the system. */
@OnMagpie
@DisabledIfSystemProperty(
        named = "magpie.system",
        matches = "cluster",
        disabledReason = "each process has a page there")
class MetricsIT {

    /** A meter's name, and pairs of its labels and their values. */
    private static final List<List<String>> MOVED_BY_A_CHAT = List.of(
            List.of("magpie_ready", "requirement", "redis"),
            List.of("magpie_ready", "requirement", "im-service", "node", "gateway-2"),
            List.of("magpie_gateway_connections", "node", "gateway-1"),
            List.of("magpie_gateway_login_seconds_count", "result", "ok", "node", "gateway-2"),
            List.of("magpie_gateway_send_seconds_count", "result", "ok", "node", "gateway-1"),
            List.of("magpie_gateway_pushes_total", "outcome", "written", "node", "gateway-2"),
            List.of("magpie_gateway_push_acks_total", "node", "gateway-2"),
            List.of("magpie_gateway_acknowledged_pushes_total", "node", "gateway-2"),
            List.of("magpie_gateway_check_batch_messages_sum"),
            List.of("magpie_gateway_submit_batch_messages_sum"),
            List.of("magpie_service_messages_total", "outcome", "settled"),
            List.of("magpie_service_pushes_total", "outcome", "sent"),
            List.of("magpie_service_store_confirm_seconds_count", "result", "confirmed"),
            List.of("magpie_redis_script_seconds_count", "result", "ok"),
            List.of("magpie_store_batch_messages_sum"),
            List.of("magpie_store_messages_total", "outcome", "committed"),
            List.of("magpie_store_lag_seconds_count"),
            List.of("magpie_rpc_client_seconds_count", "application", "im-tcp", "method", "Submit", "result", "ok"),
            List.of("magpie_rpc_server_seconds_count", "application", "im-service", "method", "Submit"),
            List.of("magpie_rpc_client_seconds_count", "application", "im-service"),
            List.of("magpie_rpc_server_seconds_count", "application", "im-message-store"),
            List.of("magpie_rpc_client_seconds_count", "application", "im-message-store", "method", "Committed"));

    @Test
    void aChatShowsInTheMetricsAndTheyAreDescribed(People people, MagpieSystem system) throws IOException {
        var alice = people.person("alice");
        var bob = people.person("bob");
        var phone = alice.signIn("phone", 1);
        var laptop = bob.signIn("laptop", 2);
        phone.says(bob, "hello");
        laptop.awaitTexts(alice, "hello");

        var management = system.addresses().management();
        for (var meter : MOVED_BY_A_CHAT) {
            var labels = meter.subList(1, meter.size()).toArray(String[]::new);
            Await.until(
                    meter + " is above zero", () -> MetricsPage.of(management).sum(meter.getFirst(), labels) > 0);
        }
        MetricsReference.check(MetricsPage.of(management));
    }
}

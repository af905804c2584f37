package im.magpie.client;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GatewayAddressTest {

    @Test
    void readsWhatItWrites() {
        var address = new GatewayAddress("gateway.example", 7300);
        assertThat(GatewayAddress.parse(address.toString())).isEqualTo(address);
        assertThat(GatewayAddress.parse("::1:7300")).isEqualTo(new GatewayAddress("::1", 7300));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "host", ":7300", "host:", "host:x", "host:0", "host:65536"})
    void takesNothingElseForAnAddress(String text) {
        assertThat(GatewayAddress.parse(text)).isNull();
    }
}

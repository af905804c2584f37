package im.magpie.appbusiness.magpie;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.RestClient;

/** The calls of Magpie's HTTP API that this business system needs; throws RestClientException when Magpie refuses or does not answer. */
public final class MagpieApi {

    private final RestClient http;
    private final Signer signer;

    public MagpieApi(MagpieProperties properties, Signer signer) {
        var requests = new JdkClientHttpRequestFactory();
        requests.setReadTimeout(properties.timeout());
        this.http = RestClient.builder()
                .baseUrl(properties.magpieUrl())
                .requestFactory(requests)
                .build();
        this.signer = signer;
    }

    /** Makes a user known to Magpie, or changes what Magpie shows of it. */
    public void importUser(String userId, String nickname) {
        http.put()
                .uri("/v1/users/{userId}", userId)
                .headers(headers -> headers.setBearerAuth(signer.adminToken()))
                .body(Map.of("nickname", nickname))
                .retrieve()
                .toBodilessEntity();
    }

    /** Returns gateways in the order in which a client should try them. */
    public List<Gateway> gateways() {
        var list = http.get()
                .uri("/v1/gateways")
                .headers(headers -> headers.setBearerAuth(signer.adminToken()))
                .retrieve()
                .body(GatewayList.class);
        return Objects.requireNonNull(list, "an empty answer").gateways();
    }

    private record GatewayList(List<Gateway> gateways) {}
}

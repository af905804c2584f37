package im.magpie.appbusiness.magpie;

import java.net.URI;
import java.net.http.HttpClient;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClient;

/**
 * The calls of Magpie's HTTP API that this business system needs; throws RestClientException when Magpie refuses or does not answer.
 *
 * <p>All of them may be made twice, so an instance that does not answer is no reason to give up while there is another.
 */
public final class MagpieApi {

    private final List<RestClient> instances;
    private final Signer signer;
    /** Which instance answered last, so that a dead one costs one call its time and not all of them. */
    private volatile int favourite;

    public MagpieApi(MagpieProperties properties, Signer signer) {
        var client =
                HttpClient.newBuilder().connectTimeout(properties.timeout()).build();
        var requests = new JdkClientHttpRequestFactory(client);
        requests.setReadTimeout(properties.timeout());
        this.instances =
                properties.magpieUrls().stream().map(url -> at(url, requests)).toList();
        this.signer = signer;
    }

    private static RestClient at(URI url, JdkClientHttpRequestFactory requests) {
        return RestClient.builder().baseUrl(url).requestFactory(requests).build();
    }

    /** Makes a user known to Magpie, or changes what Magpie shows of it. */
    public void importUser(String userId, String nickname) {
        call(http -> http.put()
                .uri("/v1/users/{userId}", userId)
                .headers(headers -> headers.setBearerAuth(signer.adminToken()))
                .body(Map.of("nickname", nickname))
                .retrieve()
                .toBodilessEntity());
    }

    /** Returns gateways in the order in which a client should try them. */
    public List<Gateway> gateways() {
        var list = call(http -> http.get()
                .uri("/v1/gateways")
                .headers(headers -> headers.setBearerAuth(signer.adminToken()))
                .retrieve()
                .requiredBody(GatewayList.class));
        return list.gateways();
    }

    private <T> T call(Function<RestClient, T> call) {
        var first = favourite;
        ResourceAccessException silence = null;
        for (var tried = 0; tried < instances.size(); tried++) {
            var instance = (first + tried) % instances.size();
            try {
                var answer = call.apply(instances.get(instance));
                favourite = instance;
                return answer;
            } catch (ResourceAccessException e) {
                silence = e;
            }
        }
        throw Objects.requireNonNull(silence, "there is an instance at least");
    }

    private record GatewayList(List<Gateway> gateways) {}
}

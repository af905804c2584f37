package im.magpie.e2e.fault;

import java.util.List;

/**
 * What there is that may break.
 *
 * @param processes of Magpie, which may be killed, frozen, and run by a wrong clock
 * @param servers which may be killed, frozen and stopped
 * @param redis the servers among them that may be emptied
 * @param links that go through proxies
 */
public record Stage(List<String> processes, List<String> servers, List<String> redis, List<String> links) {

    enum Part {
        PROCESSES,
        SERVERS,
        REDIS,
        LINKS
    }

    List<String> of(Part part) {
        return switch (part) {
            case PROCESSES -> processes;
            case SERVERS -> servers;
            case REDIS -> redis;
            case LINKS -> links;
        };
    }
}

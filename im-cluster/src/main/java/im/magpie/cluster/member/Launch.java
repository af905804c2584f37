package im.magpie.cluster.member;

import java.util.List;
import java.util.Map;

/**
 * How to start a process.
 *
 * @param command the program and its arguments
 * @param environment what it is told, secrets too, besides where programs are and which language people speak
 */
public record Launch(List<String> command, Map<String, String> environment) {

    Launch(List<String> command) {
        this(command, Map.of());
    }
}

package im.magpie.e2e.trace;

/**
 * A span as it went over the wire.
 *
 * @param service who recorded it
 * @param node which of its processes
 * @param parent the id of the span above; empty where there is none
 */
public record Span(String service, String node, String trace, String id, String parent, String name) {}

package im.magpie.bench.site;

/** The two ways in which Magpie runs. */
public enum Topology {
    STANDALONE,
    CLUSTER
}

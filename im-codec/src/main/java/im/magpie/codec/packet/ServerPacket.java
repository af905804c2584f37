package im.magpie.codec.packet;

/** What a client reads. */
public sealed interface ServerPacket extends Packet permits Reply, Push {}

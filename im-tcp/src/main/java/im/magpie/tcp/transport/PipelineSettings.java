package im.magpie.tcp.transport;

import im.magpie.tcp.delivery.DeliverySettings;
import im.magpie.tcp.login.LoginSettings;
import java.time.Duration;

/**
 * What the pipelines of all transports are made with.
 *
 * @param deadAfter how long nothing may be read from a connection
 * @param slowConsumerTimeout how long a connection may stay past its write high-water mark
 */
public record PipelineSettings(
        Duration deadAfter,
        Duration slowConsumerTimeout,
        LimitSettings limits,
        LoginSettings login,
        DeliverySettings delivery) {}

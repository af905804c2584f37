package im.magpie.tcp;

import im.magpie.tcp.delivery.DeliverySettings;
import im.magpie.tcp.device.DeviceSettings;
import im.magpie.tcp.group.GroupSettings;
import im.magpie.tcp.heartbeat.HeartbeatSettings;
import im.magpie.tcp.lane.LaneSettings;
import im.magpie.tcp.login.LoginSettings;
import im.magpie.tcp.login.Welcome;
import im.magpie.tcp.node.NodeSettings;
import im.magpie.tcp.room.RoomWorkSettings;
import im.magpie.tcp.timeline.MarkSettings;
import im.magpie.tcp.timeline.ReadingSettings;
import im.magpie.tcp.transport.LimitSettings;
import im.magpie.tcp.transport.ListenSettings;
import im.magpie.tcp.transport.PipelineSettings;
import jakarta.validation.Valid;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The configuration of a node.
 *
 * @param nodeId names the node among all nodes, the same over its lives
 * @param host where clients reach it
 * @param deadAfter how long nothing may be read from a connection
 * @param slowConsumerTimeout how long a connection may stay past its write high-water mark
 */
@Validated
@ConfigurationProperties("im.tcp")
public record GatewayProperties(
        @DefaultValue("gateway-1") @Pattern(regexp = "[A-Za-z0-9-]{1,64}")
        String nodeId,

        @DefaultValue("127.0.0.1") @NotBlank String host,
        @DefaultValue("35s") @NotNull Duration deadAfter,
        @DefaultValue("30s") @NotNull Duration slowConsumerTimeout,
        @NestedConfigurationProperty @DefaultValue @Valid ListenSettings listen,
        @NestedConfigurationProperty @DefaultValue @Valid LimitSettings limits,
        @NestedConfigurationProperty @DefaultValue @Valid LoginSettings login,
        @NestedConfigurationProperty @DefaultValue @Valid LaneSettings lane,
        @NestedConfigurationProperty @DefaultValue @Valid DeliverySettings delivery,
        @NestedConfigurationProperty @DefaultValue @Valid HeartbeatSettings heartbeat,
        @NestedConfigurationProperty @DefaultValue @Valid ReadingSettings reading,
        @NestedConfigurationProperty @DefaultValue @Valid MarkSettings marking,
        @NestedConfigurationProperty @DefaultValue @Valid DeviceSettings devices,
        @NestedConfigurationProperty @DefaultValue @Valid GroupSettings groups,
        @NestedConfigurationProperty @DefaultValue @Valid RoomWorkSettings roomWork,
        @NestedConfigurationProperty @DefaultValue @Valid NodeSettings node) {

    @AssertTrue(message = "a client must have the time to miss one heartbeat before its connection is dead")
    boolean isPatient() {
        return deadAfter.compareTo(heartbeat.interval().multipliedBy(2)) >= 0;
    }

    PipelineSettings pipeline() {
        return new PipelineSettings(deadAfter, slowConsumerTimeout, limits, login, delivery);
    }

    Welcome welcome() {
        return new Welcome(nodeId, heartbeat.interval(), limits.maxBodyBytes());
    }
}

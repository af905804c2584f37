/** Which device is connected where: login, supersession, and what each heartbeat has to say. */
@NullMarked
package im.magpie.service.session;

import org.jspecify.annotations.NullMarked;

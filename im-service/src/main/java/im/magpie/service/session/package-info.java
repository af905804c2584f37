/** Which device is connected where: login, the policies by which one supersedes another, sign-out, and what each heartbeat has to say. */
@NullMarked
package im.magpie.service.session;

import org.jspecify.annotations.NullMarked;

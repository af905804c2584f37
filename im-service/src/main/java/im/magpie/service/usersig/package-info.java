/** What tokens are worth: they are JWTs, signed with an app's secret. */
@NullMarked
package im.magpie.service.usersig;

import org.jspecify.annotations.NullMarked;

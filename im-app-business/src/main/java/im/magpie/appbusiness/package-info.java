/**
 * A business system as an integrator would write it: it has its own users and its own login, and signs its users in to Magpie. It knows Magpie by its
 * public HTTP API and by the secret of its app, and by nothing else.
 */
@NullMarked
package im.magpie.appbusiness;

import org.jspecify.annotations.NullMarked;

/** What an integrator needs to talk to Magpie: signed tokens, and a few calls of its HTTP API. */
@NullMarked
package im.magpie.appbusiness.magpie;

import org.jspecify.annotations.NullMarked;

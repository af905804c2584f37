/** Registration and login over HTTP. */
@NullMarked
package im.magpie.appbusiness.signin;

import org.jspecify.annotations.NullMarked;

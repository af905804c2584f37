/** The business system's own users and their passwords. */
@NullMarked
package im.magpie.appbusiness.account;

import org.jspecify.annotations.NullMarked;

/** The tenants: each business system is an app, and an app never sees another app's anything. */
@NullMarked
package im.magpie.service.app;

import org.jspecify.annotations.NullMarked;

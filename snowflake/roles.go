package snowflake

import "slices"

// Effective are a role and all that it has through the hierarchy, PUBLIC among them, by their
// stored names.
func (r Roles) Effective(role string) []string {
	all := []string{storedName(role), "PUBLIC"}
	for i := 0; i < len(all); i++ {
		for _, child := range r.Granted[all[i]] {
			if !slices.Contains(all, child) {
				all = append(all, child)
			}
		}
	}
	return all
}

// On are the privileges that a role has on an object, by their words, as far as the grants tell
// that could be read.
func (r Roles) On(role string, ref Ref) []string {
	var list []string
	on, object := kindOn(ref.Kind), storedName(ref.Name)
	for _, has := range r.Effective(role) {
		for _, p := range r.Privileges[has] {
			if p.On == on && storedName(p.Object) == object {
				list = append(list, p.Name)
			}
		}
	}
	return list
}

// Owner is the role that owns an object, as far as the grants tell that could be read; empty where
// they do not.
func (r Roles) Owner(ref Ref) string {
	on, object := kindOn(ref.Kind), storedName(ref.Name)
	for role, list := range r.Privileges {
		for _, p := range list {
			if p.Name == ownership && p.On == on && storedName(p.Object) == object {
				return role
			}
		}
	}
	return ""
}

// CanTake says whether the session can take a role.
func (r Roles) CanTake(role string) bool {
	stored := storedName(role)
	if stored == r.Current {
		return true
	}
	return !r.Bound && (len(r.Available) == 0 || slices.Contains(r.Available, stored))
}

// ownership is the privilege of an object's owner.
const ownership = "OWNERSHIP"

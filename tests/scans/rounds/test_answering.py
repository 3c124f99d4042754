"""One person, one scan: what is counted, what is cut, what is refused."""

import pytest

from scans import services
from scans.models import (
    Attribution,
    Invitation,
    InvitationSecret,
    ResumeLink,
    RoundDraft,
    Scan,
    Tally,
)
from scans.rounds import counting, errors, inviting, responding
from tests.scans.rounds import world as worlds

pytestmark = [pytest.mark.both, pytest.mark.django_db]
SECRET = "s" * 43


def counted(group) -> set[int]:
    """How many people are scored in each theme of a group."""
    return {numbers[0] for numbers in Tally.objects.get(group=group).counters.values()}


def test_an_answer_is_counted_used_and_cut_at_once(open_round):
    invitation = worlds.invitations(open_round, team="Noord")[0]
    scan = worlds.begin(invitation)
    assert RoundDraft.objects.get().invitation == invitation  # there is something to cut
    services.submit_scan(scan.pk, in_round=True)
    invitation.refresh_from_db()
    assert invitation.used and not RoundDraft.objects.exists()
    assert counted(invitation.group) == {1}
    units = {numbers[1] for numbers in Tally.objects.get(group=invitation.group).counters.values()}
    assert units == {50 * 2520}


def test_sending_again_changes_nothing(open_round):
    invitation = worlds.invitations(open_round, team="Noord")[0]
    scan = worlds.answer(invitation, own_secret=SECRET)
    assert services.submit_scan(scan.pk, in_round=True, own_secret=SECRET).pk == scan.pk
    services.submit_scan(scan.pk, in_round=True, own_secret="t" * 43)
    assert counted(invitation.group) == {1}
    assert ResumeLink.objects.count() == 1
    assert services.find_by_secret(SECRET) == scan


def test_an_invitation_works_once_and_its_draft_is_resumed(open_round):
    invitation = worlds.invitations(open_round)[0]
    first = responding.begin(invitation.public_id)
    assert responding.begin(invitation.public_id) == first
    worlds.answer(invitation)
    with pytest.raises(errors.UnknownInvitation):
        responding.begin(invitation.public_id)


def test_without_the_used_flag_a_person_would_count_twice(open_round):
    """Negative control of the single use."""
    invitation = worlds.invitations(open_round, team="Noord")[0]
    worlds.answer(invitation)
    Invitation.objects.update(used=False)
    worlds.answer(invitation)
    assert counted(invitation.group) == {2}


def test_who_falls_outside_is_counted_nowhere(open_round):
    worlds.answer(worlds.invitations(open_round, role="policy_officer")[0])
    assert all(tally.counters == {} for tally in Tally.objects.all())
    assert not Attribution.objects.exists()


def test_levels_are_kept_by_choice_only_and_only_for_a_small_role(open_round):
    worlds.answer(worlds.invitations(open_round, role="manager")[0], attribute=True, own_secret="a" * 43)
    worlds.answer(worlds.invitations(open_round, team="Noord")[0], attribute=True, own_secret="b" * 43)
    assert not Attribution.objects.exists()
    worlds.answer(worlds.invitations(open_round, role="policy_officer")[0], attribute=True, own_secret=SECRET)
    assert set(Attribution.objects.values_list("role", "level")) == {("policy_officer", 2)}
    assert Attribution.objects.count() == 12


def test_the_choice_can_be_taken_back_until_the_instant(open_round):
    worlds.answer(worlds.invitations(open_round, role="policy_officer")[0], attribute=True, own_secret=SECRET)
    assert not responding.withdraw_levels("x" * 43)
    assert not responding.withdraw_levels(SECRET, at=open_round.closes_at)
    assert Attribution.objects.exists()
    assert responding.withdraw_levels(SECRET)
    assert not Attribution.objects.exists() and not responding.withdraw_levels(SECRET)


def test_the_hash_of_the_choice_is_not_the_hash_of_the_link(open_round):
    worlds.answer(worlds.invitations(open_round, role="policy_officer")[0], attribute=True, own_secret=SECRET)
    links = set(ResumeLink.objects.values_list("secret_hash", flat=True))
    assert links and not links & set(Attribution.objects.values_list("own_hash", flat=True))


def test_at_the_instant_it_is_too_late_and_nothing_has_changed(open_round):
    invitation = worlds.invitations(open_round, team="Noord")[0]
    scan = worlds.begin(invitation)
    with pytest.raises(errors.RoundClosed):
        services.submit_scan(scan.pk, in_round=True, at=open_round.closes_at)
    assert Scan.objects.get().submitted_on is None
    assert Tally.objects.get(group=invitation.group).counters == {}


def test_after_close_a_draft_is_told_so_and_may_go_on_alone(open_round):
    scan = worlds.begin(worlds.invitations(open_round)[0])
    worlds.close(open_round)
    assert not RoundDraft.objects.exists()
    with pytest.raises(errors.RoundClosed):
        services.submit_scan(scan.pk, in_round=True)
    assert services.submit_scan(scan.pk).submitted_on


def test_withdrawing_is_accepted_for_used_and_unused_alike(world, open_round):
    answered, drafting, silent = worlds.invitations(open_round, team="Noord")[:3]
    worlds.answer(answered)
    scan = worlds.begin(drafting)
    for invitation in (answered, drafting, silent):
        assert inviting.withdraw(world.coordinator, invitation) is None
    assert counted(answered.group) == {1}
    with pytest.raises(errors.RoundClosed):
        services.submit_scan(scan.pk, in_round=True)
    for invitation in (drafting, silent):
        with pytest.raises(errors.UnknownInvitation):
            responding.begin(invitation.public_id)


def test_a_correction_moves_the_unused_and_leaves_the_used(world, open_round):
    answered, silent = worlds.invitations(open_round, team="Noord")[:2]
    worlds.answer(answered)
    was = answered.group
    for invitation in (answered, silent):
        inviting.correct(world.coordinator, invitation, role="client_manager", team=world.teams["Oost"])
        invitation.refresh_from_db()
        assert invitation.team == world.teams["Oost"]  # both look the same
    assert answered.group == was
    assert silent.group.kind == "small_teams"
    worlds.answer(silent)
    assert counted(was) == {1} == counted(silent.group)


def test_a_draft_in_another_group_is_shown_the_new_group_first(world, open_round):
    invitation = worlds.invitations(open_round, team="Noord")[0]
    scan = worlds.begin(invitation)
    inviting.correct(world.coordinator, invitation, role="client_manager", team=world.teams["Oost"])
    with pytest.raises(errors.GroupChanged):
        services.submit_scan(scan.pk, in_round=True)
    assert responding.begin(invitation.public_id) == scan
    services.submit_scan(scan.pk, in_round=True)


def test_a_draft_of_another_role_goes_on_alone(world, open_round):
    invitation = worlds.invitations(open_round, team="Noord")[0]
    scan = worlds.begin(invitation)
    inviting.correct(world.coordinator, invitation, role="manager", team=world.teams["Noord"])
    assert Scan.objects.filter(pk=scan.pk).exists() and not responding.in_round(scan.pk)
    invitation.refresh_from_db()
    assert invitation.group.role == "manager"
    assert responding.begin(invitation.public_id).questionnaire.role == "manager"


def test_an_erased_draft_can_be_begun_anew(open_round):
    invitation = worlds.invitations(open_round)[0]
    services.erase_scan(worlds.begin(invitation).pk)
    assert not RoundDraft.objects.exists()
    worlds.answer(invitation)


def test_every_mailed_link_works_until_the_scan_is_sent(world, open_round):
    first = worlds.mailed_secrets()
    inviting.remind(world.coordinator, open_round)
    both = worlds.mailed_secrets()
    assert len(first) == 18 and len(set(both)) == 36 == InvitationSecret.objects.count()
    one = responding.find_invitation(first[0])
    again = [secret for secret in both if responding.find_invitation(secret) == one]
    assert len(again) == 2
    worlds.answer(one)
    for secret in again:
        with pytest.raises(errors.UnknownInvitation):
            responding.find_invitation(secret)


def test_what_is_stored_of_a_secret_is_its_hash(open_round):
    secret = worlds.mailed_secrets()[0]
    stored = set(InvitationSecret.objects.values_list("secret_hash", flat=True))
    assert responding.hash_secret(secret) in stored and secret not in stored


def test_counters_survive_their_way_to_the_database(open_round):
    worlds.answer(worlds.invitations(open_round, team="Noord")[0])
    stored = Tally.objects.get(group__key__startswith="team").counters
    assert counting.as_json(counting.as_tally(stored)) == stored

using HaoSuan.Distributors;
using HaoSuan.Identity;
using HaoSuan.Notifications;

namespace HaoSuan.Tests.Engine;

public sealed class Joining_on_sqlite(SqliteDatabases engine) : JoiningCases(engine);

public sealed class Joining_on_postgres(PostgresDatabases engine) : JoiningCases(engine);

/// <summary>Somebody is invited, applies by the contract of the day, and is a distributor when operations says so.</summary>
public abstract class JoiningCases(Databases engine) : EngineTest(engine)
{
    protected override IServiceCollection Configure(IServiceCollection services) => services.AddScoped<Samples>();

    [Fact]
    public async Task Who_is_approved_is_a_distributor_with_the_offered_rates_a_link_and_the_password_that_was_chosen()
    {
        var (product, top) = (await With<Samples, ProductId>(s => s.CardOnSaleAsync()), await Add("A"));
        await With<Samples, Result<Done>>(s => s.RateAsync(top, product, 99_99));
        await Publish("协议一");
        var code = await Invited(top, 80);

        await Applied(code);
        var found = (await Find(code))!;
        Assert.Equal((JoiningState.Applied, "张**", NameCheck.Local, 1), (found.State, found.Person, found.CheckedBy, found.ContractVersion));
        var id = (await Approve(code, "B1")).Value;

        var made = (await With<Tree, Distributor?>(t => t.FindAsync(id, Cancel)))!;
        Assert.Equal(("B1", "天河数码店", top), (made.Code, made.Name, made.ParentId));
        Assert.Equal(HaoSuan.Settling.Rate.Amount(new(79_99)), (await With<Tree, IReadOnlyList<RateSet>>(t => t.RatesAsync(id, Time.Now, Cancel)))[0].Rate);
        Assert.Single(await With<Tree, IReadOnlyList<string>>(t => t.InvitationsAsync(id, Cancel)));
        var user = Assert.Single(await With<Users, IReadOnlyList<User>>(u => u.OfDistributorAsync(id, Cancel)));
        Assert.False((await With<Users, Result<Done>>(u => u.ChangePasswordAsync(user.Id, "korrekt-pferd-9", "another-password-7", Cancel))).IsRefused);
        Assert.Equal("distributors.joining_not_applied", (await Approve(code, "B2")).Refusals[0].Code);
    }

    [Fact]
    public async Task An_invitation_serves_once_and_expires_and_can_be_taken_back()
    {
        await Publish("协议一");
        var (used, late, back) = (await Invited(null), await Invited(null), await Invited(null));
        await Applied(used);

        Assert.Equal(["distributors.joining_not_open"], await Refused(used, Form(2)));
        _ = (await With<Invite, Result<Done>>(i => i.RevokeAsync(back, null, Cancel))).Value;
        Assert.Equal(["distributors.joining_not_open"], await Refused(back, Form(2)));
        Time.Advance(TimeSpan.FromDays(7));
        Assert.Equal(["distributors.joining_not_open"], await Refused(late, Form(2)));
        Assert.Equal("distributors.joining_not_open", (await With<Invite, Result<Done>>(i => i.RevokeAsync(used, null, Cancel))).Refusals[0].Code);
    }

    [Fact]
    public async Task Two_who_use_an_invitation_at_once_are_one()
    {
        await Publish("协议一");
        var code = await Invited(null);

        var outcomes = await Task.WhenAll(Enumerable.Range(1, 3).Select(person => Task.Run(() => Refused(code, Form(person)), Cancel)));

        Assert.Single(outcomes, o => o.Count == 0);
    }

    [Fact]
    public async Task The_contract_that_stood_on_the_page_is_accepted_and_no_other_and_a_version_never_changes()
    {
        var first = await Publish("协议一");
        Assert.Equal(first.Version, (await Publish(" 协议一\r\n")).Version);
        var code = await Invited(null);
        var second = await Publish("协议二");

        Assert.Equal(["distributors.contract_changed"], await Refused(code, Form(1) with { Contract = first.Sha256 }));
        Assert.Equal(["distributors.must_accept"], await Refused(code, Form(1) with { Accept = null }));
        await Applied(code);
        Assert.Equal((2, second.Sha256), ((await Find(code))!.ContractVersion, (await Find(code))!.ContractSha256));
        await Assert.ThrowsAnyAsync<Exception>(() => Tamper("update distributor_contract set text = 'x'"));
    }

    [Fact]
    public async Task Everything_that_is_wrong_with_a_form_is_told_at_once()
    {
        await Publish("协议一");
        var code = await Invited(null);

        var refused = await Refused(code, new() { IdNumber = "123", Phone = "12345", SignIn = "x", Password = "short" });

        Assert.Equal(["distributors.id_number", "distributors.must_accept", "distributors.name_missing", "distributors.person_name", "distributors.phone",
            "identity.name_not_plain", "identity.password_short"], refused.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Who_is_blacklisted_may_not_join_and_is_not_told_why()
    {
        await Publish("协议一");
        var (code, other) = (await Invited(null), await Invited(null));
        var listed = (await List(SecretKind.Phone, Form(1).Phone!)).Value;
        Assert.Equal("distributors.listed_already", (await List(SecretKind.Phone, Form(1).Phone!)).Refusals[0].Code);
        Assert.Equal("distributors.id_number", (await List(SecretKind.IdNumber, "1")).Refusals[0].Code);

        Assert.Equal(["distributors.may_not_join"], await Refused(code, Form(1)));
        _ = (await With<Blacklist, Result<Done>>(b => b.LiftAsync(listed, "误列", Cancel))).Value;
        await Applied(code);
        _ = (await List(SecretKind.IdNumber, Form(1).IdNumber!)).Value;
        Assert.Equal("distributors.blacklisted", (await Approve(code, "B1")).Refusals[0].Code);
        Assert.Equal(["distributors.may_not_join"], await Refused(other, Form(1)));
        Assert.Equal("138****8001", (await With<Blacklist, IReadOnlyList<Blacklisted>>(b => b.AllAsync(Cancel))).Single(b => b.LiftedAt is not null).Masked);
    }

    [Fact]
    public async Task One_person_applies_once_and_may_again_when_refused()
    {
        await Publish("协议一");
        var (code, other) = (await Invited(null), await Invited(null));
        await Applied(code);

        Assert.Equal(["distributors.joined_already"], await Refused(other, Form(1) with { SignIn = "second", Phone = "13900000001" }));
        _ = (await With<DecideJoining, Result<Done>>(d => d.RefuseAsync(code, "资料不全", Cancel))).Value;
        await Applied(other);
        Assert.Equal((JoiningState.Refused, "资料不全"), ((await Find(code))!.State, (await Find(code))!.Reason));
    }

    [Fact]
    public async Task One_person_who_uses_two_invitations_at_once_applies_once()
    {
        await Publish("协议一");
        string[] codes = [await Invited(null), await Invited(null), await Invited(null)];

        var outcomes = await Task.WhenAll(codes.Select((code, i) => Task.Run(() => Refused(code, Form(1) with { SignIn = $"newcomer{i}" }), Cancel)));

        Assert.Single(outcomes, o => o.Count == 0);
        Assert.All(outcomes.Where(o => o.Count > 0), o => Assert.Equal(["distributors.joined_already"], o));
    }

    [Fact]
    public async Task What_two_write_down_at_once_is_there_once()
    {
        var published = await AtOnce(() => With<Contracts, Result<int>>(c => c.PublishAsync("协议一", Cancel)));
        var listed = await AtOnce(() => List(SecretKind.Phone, "+86 138 0013 8001"));
        var asked = await AtOnce(() => With<LevelLimit, Result<int>>(l => l.AskAsync(3, "上游书面同意", Cancel)));

        Assert.All(published, p => Assert.Equal(1, p.Value));
        Assert.Equal("distributors.listed_already", Assert.Single(listed.Where(l => l.IsRefused).Select(l => l.Refusals[0].Code).Distinct()));
        Assert.Equal("distributors.levels_asked_already", Assert.Single(asked.Where(a => a.IsRefused).Select(a => a.Refusals[0].Code).Distinct()));
        Assert.Equal((1, 1), (listed.Count(l => !l.IsRefused), asked.Count(a => !a.IsRefused)));
    }

    [Fact]
    public async Task Who_was_refused_is_forgotten_after_ninety_days_and_nobody_else_is()
    {
        await Publish("协议一");
        var (refused, waiting) = (await Invited(null), await Invited(null));
        await Applied(refused);
        Assert.Empty(await Refused(waiting, Form(2)));
        _ = (await With<DecideJoining, Result<Done>>(d => d.RefuseAsync(refused, "资料不全", Cancel))).Value;
        Task<int> Secrets() => With<Db, int>(db => db.Set<SecretRow>().CountAsync(Cancel));

        Time.Advance(TimeSpan.FromDays(90));
        await With<ForgetApplicants>(f => f.RunAsync(Cancel));
        Assert.Equal(6, await Secrets());
        Time.Advance(TimeSpan.FromSeconds(1));
        await With<ForgetApplicants>(f => f.RunAsync(Cancel));

        var found = (await Find(refused))!;
        Assert.Equal((JoiningState.Refused, "资料不全", null, null, null), (found.State, found.Reason, found.Person, found.IdNumber, found.SignIn));
        Assert.Equal(("张**", 3), ((await Find(waiting))!.Person, await Secrets()));
    }

    private static Task<T[]> AtOnce<T>(Func<Task<T>> call) => Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(call, Cancel)));

    [Fact]
    public async Task An_approval_that_fails_changes_nothing()
    {
        var (product, top) = (await With<Samples, ProductId>(s => s.CardOnSaleAsync()), await Add("A"));
        await With<Samples, Result<Done>>(s => s.RateAsync(top, product, 100_00));
        await Publish("协议一");
        var code = await Invited(top, 100);
        await Applied(code);
        await With<Samples, Result<Done>>(s => s.RateAsync(top, product, 50_00));

        Assert.Equal("distributors.above_parent", (await Approve(code, "B1")).Refusals[0].Code);
        Assert.Equal("distributors.code_taken", (await Approve(code, "A")).Refusals[0].Code);
        Assert.Equal(["A"], (await With<Tree, IReadOnlyList<Distributor>>(t => t.AllAsync(Cancel))).Select(d => d.Code));
        Assert.Equal(JoiningState.Applied, (await Find(code))!.State);
    }

    [Fact]
    public async Task Nobody_is_invited_below_the_last_level_without_a_contract_or_by_somebody_elses_invitation()
    {
        var top = await Add("A");
        Assert.Equal("distributors.no_contract", (await Invite(top)).Refusals[0].Code);
        await Publish("协议一");
        var child = await Add("B", top);

        Assert.Equal("distributors.too_deep", (await Invite(child)).Refusals[0].Code);
        Assert.Equal(["distributors.share_wrong", "distributors.days_wrong"],
            (await With<Invite, Result<string>>(i => i.RunAsync(top, new(10_001), 31, Cancel))).Refusals.Select(r => r.Code));
        var code = await Invited(null);
        Assert.True((await With<Invite, Result<Done>>(i => i.RevokeAsync(code, top, Cancel))).IsRefused);
        var other = await Services.GetRequiredService<Tenants>().AddAsync("other", "另一家", Cancel);
        Assert.Null(await With<Joinings, Joining?>(j => j.FindAsync(code, Cancel), other));
        Assert.Null(await With<Contracts, TextVersion?>(c => c.PresentAsync(Cancel), other));
    }

    [Fact]
    public async Task Operations_hears_of_an_application_and_the_inviter_of_the_decision()
    {
        var top = await Add("A");
        await Publish("协议一");
        var staff = (await With<Users, Result<UserId>>(u => u.CreateAsync("ops", "haosuan-2026", Role.Operations, cancel: Cancel))).Value;
        var inviter = (await With<Users, Result<UserId>>(u => u.CreateAsync("anna", "haosuan-2026", Role.Distributor, top, Cancel))).Value;
        var code = await Invited(top);

        await Applied(code);
        _ = (await Approve(code, "B1")).Value;
        await Drain();

        Assert.Equal("天河数码店 申请入驻，待审核。", Assert.Single(await Inbox(staff)));
        Assert.Equal("您邀请的 天河数码店 已通过审核，加入您的团队。", Assert.Single(await Inbox(inviter)));
    }

    private async Task<IReadOnlyList<string>> Inbox(UserId user) =>
        [.. (await With<Inbox, IReadOnlyList<Told>>(i => i.ListAsync(user, null, 0, 10, Cancel))).Select(t => t.Text)];

    private Task<DistributorId> Add(string code, DistributorId? parent = null) => With<Samples, DistributorId>(s => s.DistributorAsync(code, parent));

    private async Task<TextVersion> Publish(string text)
    {
        var version = (await With<Contracts, Result<int>>(c => c.PublishAsync(text, Cancel))).Value;
        return (await With<Contracts, TextVersion?>(c => c.FindAsync(version, Cancel)))!;
    }

    private Task<Result<string>> Invite(DistributorId? parent, int percent = 80) =>
        With<Invite, Result<string>>(i => i.RunAsync(parent, new(percent * 100), 7, Cancel));

    private async Task<string> Invited(DistributorId? parent, int percent = 80) => (await Invite(parent, percent)).Value;

    private async Task Applied(string code) => Assert.Empty(await Refused(code, Form(1)));

    /// <summary>Accepts the present contract, unless the form names another one.</summary>
    private async Task<IReadOnlyList<string>> Refused(string code, JoinForm form)
    {
        var present = (await With<Contracts, TextVersion?>(c => c.PresentAsync(Cancel)))!;
        var asked = form with { Contract = form.Contract ?? present.Sha256 };
        return [.. (await With<Apply, Result<Done>>(a => a.RunAsync(code, asked, Cancel))).Refusals.Select(r => r.Code)];
    }

    private static JoinForm Form(int person)
    {
        var digits = $"44010619900307{person:000}";
        return new()
        {
            Name = "天河数码店",
            Person = "张三丰",
            IdNumber = digits + CitizenId.CheckOf(digits),
            Phone = $"1380013800{person}",
            SignIn = $"newcomer{person}",
            Password = "korrekt-pferd-9",
            Accept = "true",
        };
    }

    private Task<Joining?> Find(string code) => With<Joinings, Joining?>(j => j.FindAsync(code, Cancel));

    private Task<Result<DistributorId>> Approve(string code, string distributor) =>
        With<DecideJoining, Result<DistributorId>>(d => d.ApproveAsync(code, distributor, Cancel));

    private Task<Result<Guid>> List(SecretKind kind, string value) =>
        With<Blacklist, Result<Guid>>(b => b.AddAsync(kind, value, "倒卖电话卡", "案件 2026-17", Cancel));
}

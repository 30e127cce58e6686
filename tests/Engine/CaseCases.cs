using System.Globalization;
using System.Resources;
using System.Runtime.CompilerServices;
using HaoSuan.Exceptions;
using HaoSuan.Identity;
using HaoSuan.Notifications;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Role = HaoSuan.Identity.Role;

namespace HaoSuan.Tests.Engine;

public sealed class Cases_on_sqlite(SqliteDatabases engine) : CaseCases(engine);

public sealed class Cases_on_postgres(PostgresDatabases engine) : CaseCases(engine);

/// <summary>The queue of what is wrong, under comparisons that say what a test tells them to say.</summary>
public abstract class CaseCases(Databases engine) : EngineTest(engine)
{
    private static readonly CaseKind Refund = new("payments.case_refund_failed", Policies.Finance, TimeSpan.FromHours(8));
    private static readonly CaseKind Review = new("orders.case_in_review", Policies.Operations, TimeSpan.FromHours(4));

    private readonly Wrong _wrong = new();

    protected override IServiceCollection Configure(IServiceCollection services)
    {
        services.RemoveAll<Comparer>();
        return services.AddSingleton(_wrong).Compare<OfRefunds>().Compare<OfReviews>();
    }

    [Fact]
    public async Task What_is_found_wrong_is_one_case_however_often_it_is_found_and_its_department_is_told_once()
    {
        var (finance, operations) = (await User("finance", Role.Finance), await User("operations", Role.Operations));
        _wrong.Refunds = [Failed("R1", 68_00)];
        for (var i = 0; i < 3; i++) await Compare();

        var found = Assert.Single(await List());
        Assert.Equal(("退款失败", "R1", "/office/orders/R1", Policies.Finance), (found.KindText, found.Subject, found.Href, found.Department));
        Assert.Equal((new Money(68_00), found.OpenedAt + TimeSpan.FromHours(8), false), (found.Amount, found.Due, found.IsOverdue));
        var detail = await Detail(found);
        Assert.StartsWith("退款单 R1 被支付渠道拒绝，还欠消费者 ￥68.00", detail.What, StringComparison.Ordinal);
        Assert.Contains("重新退款", detail.Advice, StringComparison.Ordinal);
        Assert.Equal([(CaseStep.Opened, "job:compare")], detail.History.Select(h => (h.Step, h.Actor)));
        Assert.StartsWith("退款失败：R1，最晚 2026-03-01 18:00", Assert.Single(await Told(finance)), StringComparison.Ordinal);
        Assert.Empty(await Told(operations));
    }

    [Fact]
    public async Task What_is_not_found_any_more_is_closed_by_itself_and_opened_again_when_it_comes_back()
    {
        _wrong.Reviews = [Slow("HS1"), Slow("HS2")];
        await Compare();
        _wrong.Reviews = [Slow("HS2")];
        await Compare();
        Assert.Equal("HS2", Assert.Single(await List()).Subject);

        _wrong.Reviews = [Slow("HS1"), Slow("HS2")];
        await Compare();

        var back = (await List()).Single(c => c.Subject == "HS1");
        Assert.Equal(Time.Now + TimeSpan.FromHours(4) - TimeSpan.FromMinutes(5), back.Due);
        Assert.Equal([CaseStep.Opened, CaseStep.Vanished, CaseStep.Reopened], (await Detail(back)).History.Select(h => h.Step));
    }

    [Fact]
    public async Task What_a_person_has_resolved_stays_so_while_it_is_found_unchanged_and_no_longer()
    {
        var finance = await User("finance", Role.Finance);
        _wrong.Refunds = [Failed("R1", 68_00)];
        await Compare();
        var found = Assert.Single(await List());
        Assert.False((await As<ResolveCase>(finance, c => c.RunAsync(found.Id, "已用银行转账退还，凭证 B123", "a", Cancel))).IsRefused);
        await Compare();
        Assert.Empty(await List());
        Assert.True(Assert.Single(await List(new(null, Standing: true))).IsFound);

        _wrong.Refunds = [Failed("R1", 70_00)];
        await Compare();
        Assert.Equal(new Money(70_00), Assert.Single(await List()).Amount);

        await As<ResolveCase>(finance, c => c.RunAsync(found.Id, "补退 2 元", "b", Cancel));
        _wrong.Refunds = [];
        await Compare();
        _wrong.Refunds = [Failed("R1", 70_00)];
        await Compare();
        Assert.Equal(found.Id, Assert.Single(await List()).Id);
        Assert.Equal(
            [CaseStep.Opened, CaseStep.Resolved, CaseStep.Reopened, CaseStep.Resolved, CaseStep.Vanished, CaseStep.Reopened],
            (await Detail(found)).History.Select(h => h.Step));
    }

    [Fact]
    public async Task A_comparison_that_fails_stops_no_other_closes_nothing_and_is_a_case_until_it_comes_through()
    {
        (_wrong.Refunds, _wrong.Reviews) = ([Failed("R1", 68_00)], [Slow("HS1")]);
        await Compare();
        (_wrong.Broken, _wrong.Reviews) = (true, [Slow("HS1"), Slow("HS2")]);
        await Compare();

        var open = await List();
        Assert.Equal(["HS1", "HS2", "OfRefunds", "R1"], open.Select(c => c.Subject).Order(StringComparer.Ordinal));
        Assert.Contains("退款失败", (await Detail(open.Single(c => c.Subject == "OfRefunds"))).What, StringComparison.Ordinal);
        Assert.Equal([true, false], (await With<CaseRecords, IReadOnlyList<ComparisonRun>>(c => c.RunsAsync(Cancel))).Select(r => r.Failed));

        _wrong.Broken = false;
        await Compare();
        Assert.Equal(["HS1", "HS2", "R1"], (await List()).Select(c => c.Subject).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Since_when_a_comparison_has_to_look_is_when_it_was_last_through()
    {
        await Compare();
        var first = Time.Now - TimeSpan.FromMinutes(5);
        _wrong.Broken = true;
        await Compare();
        _wrong.Broken = false;
        await Compare();

        Assert.Equal(first, _wrong.Asked!.Since);
        Assert.Equal((first - TimeSpan.FromMinutes(25), _wrong.Asked.Now - TimeSpan.FromMinutes(15)), _wrong.Asked.Span(TimeSpan.FromMinutes(15)));
    }

    [Fact]
    public async Task When_everything_is_wrong_at_once_the_cases_are_opened_in_several_runs_and_told_together()
    {
        var operations = await User("operations", Role.Operations);
        _wrong.Reviews = [.. Enumerable.Range(0, TakeFindings.MostOpened + 50).Select(i => Slow($"HS{i}"))];
        await Compare();
        Assert.Equal(TakeFindings.MostOpened, await Count());
        Assert.True((await With<CaseRecords, IReadOnlyList<ComparisonRun>>(c => c.RunsAsync(Cancel)))[1].EndedEarly);

        await Compare();
        Assert.Equal(TakeFindings.MostOpened + 50, await Count());
        Assert.InRange((await Told(operations)).Count, 1, 10);
    }

    [Fact]
    public async Task Only_the_department_acts_on_a_case_and_whoever_it_was_handed_to()
    {
        var (finance, operations) = (await User("finance", Role.Finance), await User("operations", Role.Operations));
        _wrong.Refunds = [Failed("R1", 68_00)];
        await Compare();
        var id = Assert.Single(await List()).Id;

        Assert.Equal(["exceptions.other_department"], Codes(await As<TakeCase>(operations, c => c.RunAsync(id, "1", Cancel))));
        Assert.False((await As<TakeCase>(finance, c => c.RunAsync(id, "2", Cancel))).IsRefused);
        Assert.Equal($"user:{finance.Value}", Assert.Single(await List()).Owner);
        Assert.False((await As<HandOverCase>(finance, c => c.RunAsync(id, $"user:{operations.Value}", "请看物流", "3", Cancel))).IsRefused);
        Assert.StartsWith("退款失败（R1）已转给您", Assert.Single(await Told(operations)), StringComparison.Ordinal);
        Assert.False((await As<HandOverCase>(operations, c => c.RunAsync(id, Policies.Operations, "", "4", Cancel))).IsRefused);
        Assert.Equal(((string?)null, Policies.Operations), (Assert.Single(await List()).Owner, Assert.Single(await List()).Department));
        Assert.Equal(["exceptions.other_department"], Codes(await As<NoteCase>(finance, c => c.RunAsync(id, "还没有好", "5", Cancel))));
        Assert.Equal(["exceptions.nobody_to_hand_to"], Codes(await As<HandOverCase>(operations, c => c.RunAsync(id, "user:nobody", "", "6", Cancel))));
        Assert.Equal(1, (await With<CaseRecords, CaseCount>(c => c.CountAsync([Policies.Operations], Cancel))).Nobodys);
    }

    [Fact]
    public async Task What_is_overdue_is_told_again_every_day_until_it_is_dealt_with()
    {
        var operations = await User("operations", Role.Operations);
        _wrong.Reviews = [Slow("HS1")];
        await Compare();
        for (var hour = 0; hour < 29; hour++)
        {
            Time.Advance(TimeSpan.FromMinutes(55));
            await Compare();
        }

        Assert.True(Assert.Single(await List(new(null, Overdue: true))).IsOverdue);
        Assert.Equal(2, (await Told(operations)).Count(t => t == "上游审核太久：1 件已超过处理期限，请尽快处理。"));
        Assert.Single((await Detail(Assert.Single(await List()))).History, h => h.Step == CaseStep.Overdue);
    }

    [Fact]
    public async Task A_form_that_is_sent_twice_is_one_step_and_a_note_names_nobodys_number()
    {
        var finance = await User("finance", Role.Finance);
        _wrong.Refunds = [Failed("R1", 68_00)];
        await Compare();
        var found = Assert.Single(await List());
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => As<NoteCase>(finance, c => c.RunAsync(found.Id, "已问渠道", "one", Cancel)), Cancel)));

        Assert.Single((await Detail(found)).History, h => h.Step == CaseStep.Noted);
        Assert.Equal(["exceptions.text_personal"], Codes(await As<NoteCase>(finance, c => c.RunAsync(found.Id, "请打 13800138000", "n", Cancel))));
        Assert.Equal(["exceptions.text_missing"], Codes(await As<ResolveCase>(finance, c => c.RunAsync(found.Id, " ", "r", Cancel))));
        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => Tamper("update exception_step set text = ''"));
    }

    [Fact]
    public async Task Another_operator_sees_and_keeps_none_of_our_cases()
    {
        var other = await Services.GetRequiredService<Tenants>().AddAsync("other", "另一家", Cancel);
        _wrong.Refunds = [Failed("R1", 68_00)];
        await Compare();

        var theirs = await With<CaseRecords, IReadOnlyList<CaseSummary>>(c => c.ListAsync(new(), 0, 9, Cancel), other);
        Assert.NotEqual(Assert.Single(await List()).Id, Assert.Single(theirs).Id);
    }

    [Fact]
    public void Every_kind_has_its_three_texts_in_both_languages()
    {
        var services = new ServiceCollection().AddModules();
        var kinds = services.Select(s => s.ImplementationInstance).OfType<Comparer>().SelectMany(c => c.Kinds).Append(CompareAll.Broken).ToList();
        var modules = services.Select(s => s.ImplementationInstance).OfType<Module>().ToDictionary(m => m.Name);
        Assert.Equal(kinds.Count, kinds.DistinctBy(k => k.Name).Count());
        foreach (var kind in kinds)
        {
            var assembly = modules[kind.Name.Split('.')[0]].Assembly;
            var texts = new ResourceManager($"{assembly.GetName().Name}.Texts", assembly);
            foreach (var culture in new[] { CultureInfo.InvariantCulture, CultureInfo.GetCultureInfo("en") })
            {
                var set = texts.GetResourceSet(culture, createIfNotExists: true, tryParents: false)!;
                foreach (var end in new[] { "", "_what", "_do" })
                    Assert.True(set.GetString(kind.Name + end) is { Length: > 0 }, $"{culture} {kind.Name}{end}");
            }
        }
    }

    private static Finding Failed(string number, long fen) =>
        new(Refund, number, number, $"/office/orders/{number}", new(1), number, new Money(fen)) { Amount = new(fen) };

    private static Finding Slow(string number) => new(Review, number, number, $"/office/orders/{number}", new(1), number);

    private static IEnumerable<string> Codes(Result<Done> result) => result.Refusals.Select(r => r.Code);

    /// <summary>One run, and then five minutes pass.</summary>
    private async Task Compare()
    {
        await Services.GetRequiredService<JobRunner>().RunAsync(Services.GetServices<RecurringJob>().Single(j => j.Name == "compare"), Cancel);
        await Drain();
        Time.Advance(TimeSpan.FromMinutes(5));
    }

    private Task<IReadOnlyList<CaseSummary>> List(CaseFilter? filter = null) =>
        With<CaseRecords, IReadOnlyList<CaseSummary>>(c => c.ListAsync(filter ?? new(), 0, 50, Cancel));

    private async Task<int> Count() => (await With<CaseRecords, CaseSum>(c => c.SumAsync(new(), Cancel))).Count;

    private async Task<CaseDetail> Detail(CaseSummary found) => (await With<CaseRecords, CaseDetail?>(c => c.FindAsync(found.Id, Cancel)))!;

    private async Task<UserId> User(string name, Role role) =>
        (await With<Users, Result<UserId>>(u => u.CreateAsync(name, "haosuan-2026", role, null, Cancel))).Value;

    private async Task<IReadOnlyList<string>> Told(UserId user) =>
        [.. (await With<Inbox, IReadOnlyList<Told>>(i => i.ListAsync(user, "exceptions", 0, 50, Cancel))).Select(t => t.Text)];

    private Task<Result<Done>> As<TUseCase>(UserId user, Func<TUseCase, Task<Result<Done>>> act) where TUseCase : notnull =>
        With<IServiceProvider, Result<Done>>(async services =>
        {
            services.GetRequiredService<Actor>().Name = $"user:{user.Value}";
            var outcome = await act(services.GetRequiredService<TUseCase>());
            await Drain();
            return outcome;
        });

    private sealed class Wrong
    {
        public IReadOnlyList<Finding> Refunds { get; set; } = [];

        public IReadOnlyList<Finding> Reviews { get; set; } = [];

        public bool Broken { get; set; }

        public Comparison? Asked { get; set; }
    }

    private sealed class OfRefunds(Wrong wrong) : ICompare
    {
        public static IReadOnlyList<CaseKind> Kinds => [Refund];

        public async IAsyncEnumerable<Finding> FindAsync(Comparison comparison, [EnumeratorCancellation] CancellationToken cancel)
        {
            wrong.Asked = comparison;
            await Task.CompletedTask;
            if (wrong.Broken) throw new InvalidOperationException("broken");
            foreach (var finding in wrong.Refunds) yield return finding;
        }
    }

    private sealed class OfReviews(Wrong wrong) : ICompare
    {
        public static IReadOnlyList<CaseKind> Kinds => [Review];

        public IAsyncEnumerable<Finding> FindAsync(Comparison comparison, CancellationToken cancel) => wrong.Reviews.ToAsyncEnumerable();
    }
}

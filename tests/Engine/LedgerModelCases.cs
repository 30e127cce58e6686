using CsCheck;
using HaoSuan.Ledger;
using HaoSuan.Settlements;

namespace HaoSuan.Tests.Engine;

public sealed class Ledger_is_as_its_model_on_sqlite(SqliteDatabases engine) : LedgerModelCases(engine, sequences: 45);

public sealed class Ledger_is_as_its_model_on_postgres(PostgresDatabases engine) : LedgerModelCases(engine, sequences: 20);

/// <summary>Random requests to the ledger and to <see cref="LedgerModel"/>: both answer the same, and look the same afterwards.</summary>
public abstract class LedgerModelCases(Databases engine, int sequences) : EngineTest(engine)
{
    private int _ledgers;

    [Fact]
    public Task After_every_request_the_ledger_is_as_its_model() => LedgerRequest.Any.Array[1, 14].SampleAsync(async requests =>
    {
        var (tenant, model) = (await NewLedger(), new LedgerModel(Zone.Shanghai));
        foreach (var request in requests)
        {
            Assert.Equal(Answer(model, request), await Answer(tenant, request));
            Assert.Equal(Look(model), await Look(tenant));
        }
        await AssertSound(tenant, model);
    }, iter: sequences, threads: 1);

    [Fact]
    public Task Every_request_sent_twice_gives_the_same_end() => LedgerRequest.Any.Array[1, 14].SampleAsync(async requests =>
    {
        var (tenant, model) = (await NewLedger(), new LedgerModel(Zone.Shanghai));
        foreach (var request in requests.Where(r => r is not LedgerRequest.Wait))
        {
            Answer(model, request);
            await Answer(tenant, request);
            await Answer(tenant, request);
        }
        Assert.Equal(Look(model), await Look(tenant));
        await AssertSound(tenant, model);
    }, iter: sequences, threads: 1);

    [Fact]
    public Task The_order_of_independent_posts_does_not_matter_nor_that_they_are_sealed_meanwhile() =>
        Orders.SampleAsync(async (one, other) =>
        {
            var (tenant, model) = (await NewLedger(), new LedgerModel(Zone.Shanghai));
            model.Post([.. one.Select(d => d.At(Time.Now))], Time.Now);

            await Task.WhenAll(
                Parallel.ForEachAsync(other, Cancel, async (draft, _) => await With<Journal>(j => j.PostAsync(draft.At(Time.Now), Cancel), tenant)),
                Task.Run(() => Answer(tenant, new LedgerRequest.Seal()), Cancel));

            Assert.Equal(Look(model), await Look(tenant));
            await AssertSound(tenant, model);
        }, iter: sequences, threads: 1);

    /// <summary>The same drafts, all of which can be posted, in two orders.</summary>
    private static Gen<(LedgerRequest.Draft[], LedgerRequest.Draft[])> Orders =>
        from drafts in LedgerRequest.Drafts.Array[2, 14]
        let sound = drafts.DistinctBy(d => d.Source).Select(d => d with { Fault = 0 }).ToArray()
        from shuffled in Gen.Shuffle(sound)
        select (sound, shuffled);

    /// <summary>Each sequence has books of its own: those of a new tenant.</summary>
    private Task<Tenant> NewLedger()
    {
        Time.AdjustTime(LedgerRequest.Begin);
        return Services.GetRequiredService<Tenants>().AddAsync($"ledger{++_ledgers}", "账本", Cancel);
    }

    private string Answer(LedgerModel model, LedgerRequest request) => request switch
    {
        LedgerRequest.Post post => model.Post([.. post.Entries.Select(d => d.At(Time.Now))], Time.Now),
        LedgerRequest.Close close => model.Close(close.Month, Time.Now),
        LedgerRequest.Reopen reopen => model.Reopen(reopen.Month),
        _ => "",
    };

    private Task<string> Answer(Tenant tenant, LedgerRequest request) => With<IServiceProvider, string>(async services =>
    {
        switch (request)
        {
            case LedgerRequest.Post post:
                var journal = services.GetRequiredService<Journal>();
                var failure = await Record.ExceptionAsync(() => journal.PostAsync([.. post.Entries.Select(d => d.At(Time.Now))], Cancel));
                return failure?.GetType().Name ?? "";
            case LedgerRequest.Seal:
                await services.GetRequiredService<SealBooks>().RunAsync(Cancel);
                return "";
            case LedgerRequest.Close close:
                return CodeOf(await services.GetRequiredService<CloseMonth>().CloseAsync(close.Month, Cancel));
            case LedgerRequest.Reopen reopen:
                return CodeOf(await services.GetRequiredService<CloseMonth>().ReopenAsync(reopen.Month, "补记", Cancel));
            case LedgerRequest.Wait wait:
                Time.Advance(TimeSpan.FromDays(wait.Days));
                return "";
            default:
                throw new ArgumentOutOfRangeException(nameof(request));
        }
    }, tenant);

    private static string CodeOf(Result<Done> result) => result.IsRefused ? result.Refusals[0].Code : "";

    private Month ThisMonth => Month.Of(Zone.Shanghai.DateOf(Time.Now));

    private string Look(LedgerModel model)
    {
        var owned = LedgerRequest.Used.Take(3).ToList();
        return Text(
            model.Entries.Select(e => $"{e.Entry.Source} {e.Period} {Text(e.Entry.Postings)}"),
            model.Balances().Select(b => $"{b.Key} {b.Value}"),
            model.Movements().Select(m => $"{m.Key} {m.Value}"),
            [.. owned.Select(a => -model.BalanceAt(a, ThisMonth + -1)), .. owned.Select(a => -model.BalanceAt(a, ThisMonth))],
            model.ClosedThrough);
    }

    private Task<string> Look(Tenant tenant) => With<IServiceProvider, string>(async services =>
    {
        var (books, statements) = (services.GetRequiredService<Books>(), services.GetRequiredService<Statements>());
        var before = (await statements.OfAsync(LedgerRequest.Wang, ThisMonth + -1, Cancel)).Closing;
        var now = await statements.OfAsync(LedgerRequest.Wang, ThisMonth, Cancel);
        Assert.Equal(before.Total, now.Opening);
        return Text(
            (await books.WalkAsync([], -1, int.MaxValue, Cancel)).Select(e => $"{e.Source} {e.Period} {Text(e.Postings)}"),
            (await books.BalancesAsync("", Cancel)).Select(b => $"{b.Account} {b.Balance.Minor}"),
            (await books.MovedAsync("", new(0), ThisMonth + 12, Cancel)).Select(m => $"{(m.Account, m.Period)} {(m.Debits.Minor, m.Credits.Minor)}"),
            [.. new[] { before, now.Closing }.SelectMany(b => new[] { b.Pending.Minor, b.Available.Minor, b.Paying.Minor })],
            await books.ClosedThroughAsync(Cancel));
    }, tenant);

    private static string Text(
        IEnumerable<string> entries, IEnumerable<string> balances, IEnumerable<string> moved, IReadOnlyList<long> owed, Month? closedThrough) =>
        string.Join('\n', [.. entries.Order(StringComparer.Ordinal), .. balances.Order(StringComparer.Ordinal), .. moved.Order(StringComparer.Ordinal),
            string.Join(", ", owed), $"closed through {closedThrough}"]);

    private static string Text(IReadOnlyList<Posting> postings) =>
        string.Join("; ", postings.Select(p => $"{p.Account} {p.Amount.Minor} {p.Label}"));

    private async Task AssertSound(Tenant tenant, LedgerModel model)
    {
        var verified = await With<VerifyLedger, Verification>(v => v.RunAsync(Cancel), tenant);
        Assert.Equal([], verified.Findings);
        Assert.Equal(model.Entries.Count, verified.Entries);
    }
}

using HaoSuan.Ledger;
using HaoSuan.Payments.Channels;
using HaoSuan.Payouts;

namespace HaoSuan.Tests.Engine;

/// <summary>What tests of payouts have in common: somebody who has earned, and a channel of transfers that says what it is told to.</summary>
public abstract class PayoutTest(Databases engine) : EngineTest(engine)
{
    protected static readonly DistributorId Wang = new(Guid.Parse("0198a000-0000-7000-8000-000000000001"));

    internal FakeTransfers Transfers { get; } = new();

    protected override IServiceCollection Configure(IServiceCollection services) => services.AddSingleton<ITransferChannel>(Transfers);

    protected async Task Earn(long fen, PayoutMethod method = PayoutMethod.Bank, string account = "6222 0202 0011 2233 445")
    {
        await Credit(fen);
        Assert.False((await With<SetPayoutAccount, Result<Done>>(s => s.RunAsync(Wang, method, "王小明", account, Cancel))).IsRefused);
    }

    /// <summary>Commission that is available; negative: taken back.</summary>
    protected Task Credit(long fen, string source = "earned") => With<Journal, long>(j => j.PostAsync(
        new Entry("test", source, Time.Now, "", [new(Accounts.Commission, new(fen)), new(Accounts.Available(Wang), new(-fen))]), Cancel));

    protected Task<Result<PayoutId>> Request(long fen, string key = "k") =>
        With<RequestPayout, Result<PayoutId>>(r => r.RunAsync(Wang, new(fen), key, Cancel));

    /// <summary>Approved, and sent by a batch.</summary>
    protected async Task<PayoutId> Sent(long fen, string key = "k", PayoutMethod method = PayoutMethod.Alipay)
    {
        var id = (await Request(fen, key)).Value;
        await Approve(id);
        var batch = await Batch(method);
        if (method == PayoutMethod.Bank) await Export(batch);
        return id;
    }

    protected async Task<Money> PayOut(long fen, string key)
    {
        var id = await Sent(fen, key, PayoutMethod.Bank);
        await Confirm(id, paid: true, key);
        return (await Find(id)).Tax;
    }

    protected async Task Approve(PayoutId id) => Assert.False((await TryApprove(id)).IsRefused);

    protected async Task<Result<Done>> TryApprove(PayoutId id, string person = "user:1")
    {
        await using var scope = Services.GetRequiredService<IServiceScopeFactory>().CreateScope(Tenant);
        scope.ServiceProvider.GetRequiredService<Actor>().Name = person;
        return await scope.ServiceProvider.GetRequiredService<ApprovePayout>().RunAsync(id, Cancel);
    }

    protected async Task<Guid> Batch(PayoutMethod method, string format = "csv") => (await TryBatch(method, format)).Value;

    protected Task<Result<Guid>> TryBatch(PayoutMethod method, string format = "csv") =>
        With<MakeBatch, Result<Guid>>(b => b.RunAsync(method, format, null, Cancel));

    /// <summary>The batch's file goes to the bank.</summary>
    protected async Task<byte[]> Export(Guid batch)
    {
        Assert.True(await With<BatchFile, bool>(b => b.HandOverAsync(batch, Cancel)));
        return (await With<BatchFile, (string, byte[] Content)?>(b => b.ExportAsync(batch, Cancel)))!.Value.Content;
    }

    protected Task Reject(PayoutId id) => With<RejectPayout, Result<Done>>(r => r.RunAsync(id, "资料不全", Cancel));

    protected Task<Result<Done>> Retry(PayoutId id) => With<RetryPayout, Result<Done>>(r => r.RunAsync(id, Cancel));

    protected Task Confirm(PayoutId id, bool paid, string note) => With<ConfirmPayment, Result<Done>>(b => b.RunAsync(id, paid, note, Cancel));

    protected async Task Apply(PayoutId id, TransferState state)
    {
        var reference = (await Find(id)).Reference;
        await With<ApplyTransfer>(a => a.RunAsync(id, reference, state, Cancel));
    }

    protected async Task<PayoutView> Find(PayoutId id) => (await With<PayoutRecords, PayoutView?>(p => p.FindAsync(id, Cancel)))!;

    protected Task<Money> Owed(Account account) => With<Journal, Money>(j => j.OwedAsync(account, Cancel));

    protected async Task SetPolicy(PayoutMethod method, PayoutPolicy policy) => Assert.False((await With<PayoutPolicies, Result<Done>>(
        p => p.SetAsync(method, Zone.Shanghai.DateOf(Time.Now), policy, Cancel))).IsRefused);

    protected Task AskChannels() => Services.GetRequiredService<JobRunner>()
        .RunAsync(Services.GetServices<RecurringJob>().Single(j => j.Name == "ask-transfers"), Cancel);
}

/// <summary>A channel of transfers that keeps what it was asked for, each number once, and answers as a test wants it to.</summary>
internal sealed class FakeTransfers : ITransferChannel
{
    /// <summary>By number: what was asked for, and how it stands.</summary>
    public Dictionary<string, (TransferOrder Order, TransferState State)> Known { get; } = [];

    /// <summary>How often each number was asked for.</summary>
    public List<string> Asked { get; } = [];

    /// <summary>How new transfers stand.</summary>
    public TransferState Next { get; set; } = new TransferState.Paid("T1", null) { Proof = new("a signed answer") };

    /// <summary>What the caller hears instead of an answer, once: the channel has done it all the same.</summary>
    public TransferState? Lost { get; set; }

    /// <summary>What happens after the channel has done it, before the caller hears anything.</summary>
    public Func<Task>? Meanwhile { get; set; }

    public string Name => "alipay";

    public Money Paid => new(Known.Values.Where(k => k.State is TransferState.Paid).Sum(k => k.Order.Amount.Minor));

    public async Task<TransferState> TransferAsync(TransferOrder transfer, CancellationToken cancel)
    {
        Asked.Add(transfer.OutBizNo.Value);
        Known.TryAdd(transfer.OutBizNo.Value, (transfer, Next));
        if (Meanwhile is { } happens) await happens();
        if (Lost is { } lost)
        {
            Lost = null;
            return lost;
        }
        return Known[transfer.OutBizNo.Value].State;
    }

    public Task<TransferState> QueryAsync(TradeNo outBizNo, CancellationToken cancel) => Task.FromResult<TransferState>(
        Known.TryGetValue(outBizNo.Value, out var known) ? known.State : new TransferState.NotFound());
}

using HaoSuan.Payments;
using HaoSuan.Payments.Channels;

namespace HaoSuan.Payouts;

/// <summary>
/// Asks the channels about every payout that was sent and has not ended: an answer may have been lost, a notice may never come. What nobody tells
/// stays unknown, and is asked again.
/// </summary>
internal sealed class AskTransfers(Db db, TransferChannels channels, ApplyTransfer apply, TimeProvider time) : IRecurring
{
    public static readonly TimeSpan First = TimeSpan.FromMinutes(1);

    private const int Most = 200;
    private static readonly TimeSpan Again = TimeSpan.FromMinutes(2);

    public async Task RunAsync(CancellationToken cancel)
    {
        var (now, next) = (time.Now, (Instant?)(time.Now + Again));
        var due = await db.Payouts.AsNoTracking().Where(p => p.NextQueryAt <= now).OrderBy(p => p.NextQueryAt).Take(Most).ToListAsync(cancel);
        foreach (var payout in due)
        {
            await db.Payouts.Where(p => p.Id == payout.Id && p.NextQueryAt != null)
                .ExecuteUpdateAsync(set => set.SetProperty(p => p.NextQueryAt, next), cancel);
            if (channels.Find(PayoutWords.ChannelOf(payout.Method)) is not { } channel) continue;
            await apply.RunAsync(payout.Id, payout.Reference, await channel.QueryAsync(TradeNo.Parse(payout.Reference), cancel), cancel);
        }
    }
}

/// <summary>A channel has told of a transfer's end: it is asked how it stands, and its answer is the proof.</summary>
internal sealed class HearTransfer(Db db, TransferChannels channels, OddNotices odd, ApplyTransfer apply) : IFollow<TransferTold>
{
    public async Task FollowAsync(TransferTold happened, CancellationToken cancel)
    {
        var id = await db.PayoutBatchLines.Where(l => l.Reference == happened.OutBizNo).Select(l => (PayoutId?)l.PayoutId).FirstOrDefaultAsync(cancel);
        if (id is not { } payout)
        {
            await odd.KeepAsync(happened.Channel, happened.NoticeId, happened.OutBizNo, "payments.unknown_number", cancel);
            return;
        }
        var channel = channels.Find(happened.Channel) ?? throw new InvalidOperationException($"No transfers by {happened.Channel} are configured.");
        await apply.RunAsync(payout, happened.OutBizNo, await channel.QueryAsync(TradeNo.Parse(happened.OutBizNo), cancel), cancel);
    }
}

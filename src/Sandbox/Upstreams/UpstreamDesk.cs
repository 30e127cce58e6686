using System.Security.Cryptography;

namespace HaoSuan.Sandbox.Upstreams;

/// <summary>What the upstream's staff, the courier, the carrier and the user do to an order.</summary>
public enum Step
{
    Accept,
    WantDocuments,
    Reject,
    Ship,
    Activate,
    TopUp,

    /// <summary>The check at the end of a month of service.</summary>
    CheckMonth,
    Suspend,
    Resume,
    Cancel,

    /// <summary>The upstream's staff does not give an order back that was asked for.</summary>
    RefuseWithdrawal,
    Settle,
    RefuseSettlement,
    RecallSettlement,
}

/// <param name="Kind">Of a stop: 欠停, 单停, 双停 or 局停.</param>
/// <param name="At">When it happened; now where none is given.</param>
public sealed record StepDetails(
    string? Iccid = null,
    string? Courier = null,
    string? TrackingNo = null,
    string? Amount = null,
    string? Kind = null,
    int? Month = null,
    bool? InService = null,
    string? Remark = null,
    DateTimeOffset? At = null);

/// <summary>An order as the upstream's billing sees it.</summary>
public sealed record CardRecord(
    string OrderNo, string Product, string Phone, string Iccid, CardStatus Status, Instant? ActivatedAt,
    IReadOnlyList<(Money Amount, Instant At)> TopUps, IReadOnlyList<(string Kind, Instant From, Instant? Until)> Stops);

/// <summary>One upstream's orders and what may happen to them. Every step is told by a callback in the upstream's own protocol.</summary>
public sealed class UpstreamDesk
{
    private readonly Dictionary<string, SandboxCard> _cards = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();
    private readonly TimeProvider _time;
    private readonly string _prefix;
    private readonly Action<SandboxCard> _tell;

    internal UpstreamDesk(string prefix, TimeProvider time, Action<SandboxCard> tell) => (_prefix, _time, _tell) = (prefix, time, tell);

    internal IReadOnlyList<SandboxCard> Cards
    {
        get
        {
            lock (_gate) return [.. _cards.Values];
        }
    }

    /// <summary>The order numbers, as the platform gave them.</summary>
    public IReadOnlyList<string> OrderNos => [.. Cards.Select(c => c.OrderNo)];

    /// <summary>Everything that it knows of its orders, for its billing.</summary>
    public IReadOnlyList<CardRecord> Records
    {
        get
        {
            lock (_gate)
            {
                return [.. _cards.Values.Select(c =>
                    new CardRecord(c.OrderNo, c.Product, c.Phone, c.Iccid, c.Status, c.ActivatedAt, [.. c.TopUps], [.. c.Stops]))];
            }
        }
    }

    internal SandboxCard? Find(string orderNo)
    {
        lock (_gate) return _cards.GetValueOrDefault(orderNo);
    }

    /// <summary>Takes an order. The same number with the same content is the same order; null where the content is another.</summary>
    internal SandboxCard? Take(string orderNo, string product, string phone, string notifyUrl, string content)
    {
        lock (_gate)
        {
            if (_cards.TryGetValue(orderNo, out var known)) return known.Content == content ? known : null;
            return _cards[orderNo] = new()
            {
                OrderNo = orderNo,
                UpstreamNo = _prefix + RandomNumberGenerator.GetString("0123456789", 14),
                Product = product,
                Phone = phone.Length > 0 ? phone : SandboxCard.NewPhone(),
                NotifyUrl = notifyUrl,
                Content = content,
                StatusAt = _time.Now,
            };
        }
    }

    /// <summary>Why an order cannot take this step; null where it has taken it and the callback is on its way.</summary>
    public string? Advance(string orderNo, Step step, StepDetails? details = null)
    {
        lock (_gate)
        {
            if (!_cards.TryGetValue(orderNo, out var card)) return $"没有订单 {orderNo}";
            details ??= new();
            var at = details.At is { } given ? Instant.From(given) : _time.Now;
            if (Refuse(card, step, details) is { } why) return why;
            Apply(card, step, details, at);
            if (details.Remark is { } remark) card.Remark = remark;
            _tell(card);
            return null;
        }
    }

    /// <summary>Gives an order back unless it is shipped or has ended; asked again, it says the same. Null where there is no such order.</summary>
    /// <param name="later">The staff decides, by <see cref="Step.Cancel"/> or <see cref="Step.RefuseWithdrawal"/>.</param>
    internal (WithdrawalStatus Status, string Remark)? Withdraw(string orderNo, bool later)
    {
        lock (_gate)
        {
            if (!_cards.TryGetValue(orderNo, out var card)) return null;
            if (card.Withdrawal != WithdrawalStatus.Refused && card.Status != CardStatus.Cancelled) Decide(card, later);
            return card.Status == CardStatus.Cancelled ? (WithdrawalStatus.Withdrawn, "") : (card.Withdrawal, card.WithdrawalRemark);
        }
    }

    private void Decide(SandboxCard card, bool later)
    {
        if (card.Status is CardStatus.Shipped or CardStatus.Activated or CardStatus.Rejected)
        {
            var why = card.Status switch { CardStatus.Shipped => "订单已发货", CardStatus.Activated => "号卡已激活", _ => "订单已结束" };
            (card.Withdrawal, card.WithdrawalRemark) = (WithdrawalStatus.Refused, why);
        }
        else if (later || card.Withdrawal == WithdrawalStatus.Pending)
        {
            card.Withdrawal = WithdrawalStatus.Pending;
        }
        else
        {
            card.Withdrawal = WithdrawalStatus.Withdrawn;
            Move(card, CardStatus.Cancelled, _time.Now);
            _tell(card);
        }
    }

    private static string? Refuse(SandboxCard card, Step step, StepDetails details)
    {
        var ended = card.Status is CardStatus.Cancelled or CardStatus.Rejected;
        if (ended && step is not (Step.RefuseSettlement or Step.RecallSettlement)) return "订单已结束";
        return step switch
        {
            Step.Accept or Step.WantDocuments or Step.Reject or Step.Ship => card.Status < CardStatus.Shipped ? null : "订单已发货",
            Step.Activate => card.Status == CardStatus.Shipped ? null : "订单未发货或已激活",
            Step.TopUp => card.ActivatedAt is null ? "尚未激活"
                : Currency.Cny.TryParse(details.Amount ?? "50.00", out var amount) && amount > Money.Zero ? null : "金额不正确",
            Step.CheckMonth => card.ActivatedAt is null ? "尚未激活" : details.Month is null or < 1 ? "缺少月数" : null,
            Step.Suspend => card.ActivatedAt is null ? "尚未激活"
                : (details.Kind ?? "欠停") is not ("欠停" or "单停" or "双停" or "局停") ? "停机类型不正确"
                : card.Stops is [.., { Until: null }] ? "已停机" : null,
            Step.Resume => card.Stops is [.., { Until: null }] ? null : "没有停机",
            Step.RefuseWithdrawal => card.Withdrawal == WithdrawalStatus.Pending ? null : "没有待处理的撤单",
            Step.Cancel or Step.Settle or Step.RefuseSettlement or Step.RecallSettlement => null,
        };
    }

    private static void Apply(SandboxCard card, Step step, StepDetails details, Instant at)
    {
        switch (step)
        {
            case Step.Accept: Move(card, CardStatus.Accepted, at); break;
            case Step.WantDocuments: Move(card, CardStatus.DocumentsWanted, at); break;
            case Step.Reject: Move(card, CardStatus.Rejected, at); break;
            case Step.Ship: Ship(card, details, at); break;
            case Step.Activate:
                Move(card, CardStatus.Activated, at);
                card.ActivatedAt = at;
                break;
            case Step.TopUp:
                if (Currency.Cny.TryParse(details.Amount ?? "50.00", out var amount)) card.TopUps.Add((amount, at));
                break;
            case Step.CheckMonth: card.Months[details.Month ?? 1] = (details.InService ?? true, at); break;
            case Step.Suspend: card.Stops.Add((details.Kind ?? "欠停", at, null)); break;
            case Step.Resume: card.Stops[^1] = card.Stops[^1] with { Until = at }; break;
            case Step.Cancel: Move(card, CardStatus.Cancelled, at); break;
            case Step.RefuseWithdrawal:
                (card.Withdrawal, card.WithdrawalRemark) = (WithdrawalStatus.Refused, details.Remark ?? "已提交运营商，不能撤单");
                break;
            case Step.Settle: Settle(card, SettlementStatus.Settled, at); break;
            case Step.RefuseSettlement: Settle(card, SettlementStatus.Unsettled, at); break;
            case Step.RecallSettlement: Settle(card, SettlementStatus.Recalled, at); break;
        }
    }

    private static void Move(SandboxCard card, CardStatus status, Instant at) => (card.Status, card.StatusAt) = (status, at);

    private static void Settle(SandboxCard card, SettlementStatus settlement, Instant at) =>
        (card.Settlement, card.SettlementAt) = (settlement, at);

    private static void Ship(SandboxCard card, StepDetails details, Instant at)
    {
        Move(card, CardStatus.Shipped, at);
        card.ShippedAt = at;
        card.Iccid = details.Iccid ?? SandboxCard.NewIccid();
        card.Courier = details.Courier ?? "京东快递";
        card.TrackingNo = details.TrackingNo ?? "JDVA" + RandomNumberGenerator.GetString("0123456789", 11);
    }
}

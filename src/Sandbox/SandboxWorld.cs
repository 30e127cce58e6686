using HaoSuan.Sandbox.Alipay;
using HaoSuan.Sandbox.Identity;
using HaoSuan.Sandbox.Invoices;
using HaoSuan.Sandbox.Mail;
using HaoSuan.Sandbox.Sms;
using HaoSuan.Sandbox.Upstreams;
using HaoSuan.Sandbox.WeChat;

namespace HaoSuan.Sandbox;

/// <summary>The other side of every wire, in memory: everything a test or the demo may look at or drive.</summary>
public sealed class SandboxWorld
{
    public SandboxWorld(SandboxKeys keys, TimeProvider time, HttpMessageInvoker outbound)
    {
        (Keys, Time, Faults) = (keys, time, new());
        Deliveries = new(time, Faults, outbound);
        WeChatPlatform = new(keys, time);
        WeChatBooks = new(keys, time);
        WeChatUsers = new(keys, time);
        var notices = new WeChatNotices(WeChatPlatform, WeChatBooks, Deliveries, time);
        WeChatTransfers = new(WeChatPlatform, notices, time);
        WeChatServer = new(WeChatPlatform, WeChatBooks, notices, new(WeChatBooks, keys, time), WeChatTransfers, Faults);
        AlipayPlatform = new(keys, time);
        AlipayBooks = new(time);
        Transfers = new(time);
        var told = new AlipayNotices(AlipayPlatform, Deliveries);
        AlipayServer = new(AlipayPlatform, AlipayBooks, Transfers, told, new(AlipayPlatform, AlipayBooks), Faults);
        SmsServer = new(keys, time, Faults);
        IdCheckServer = new(keys, time, Faults);
        (HaoyiServer, Hao172Server) = (new(keys, time, Faults, Deliveries), new(keys, time, Faults, Deliveries));
        YunfanServer = new(keys, time, Faults, Deliveries);
        PostOffice = new(keys, time, Faults);
        InvoicePlatform = new(keys, time, Faults);
    }

    public SandboxKeys Keys { get; }

    public TimeProvider Time { get; }

    /// <summary>What goes wrong next.</summary>
    public Faults Faults { get; }

    /// <summary>Notices and callbacks on their way.</summary>
    public Deliveries Deliveries { get; }

    /// <summary>The orders at the 号易-like upstream.</summary>
    public UpstreamDesk Haoyi => HaoyiServer.Desk;

    /// <summary>The orders at the 172-like upstream.</summary>
    public UpstreamDesk Hao172 => Hao172Server.Desk;

    /// <summary>The short messages that phones have received, the latest last.</summary>
    public IReadOnlyList<SandboxMessage> Messages => SmsServer.Messages;

    /// <summary>What mailboxes have received.</summary>
    public PostOffice PostOffice { get; }

    /// <summary>What was handed over to be issued.</summary>
    public InvoicePlatform InvoicePlatform { get; }

    internal SmsServer SmsServer { get; }

    internal IdCheckServer IdCheckServer { get; }

    /// <summary>The orders at the upstream that the platform knows by a file.</summary>
    public UpstreamDesk Yunfan => YunfanServer.Desk;

    internal HaoyiServer HaoyiServer { get; }

    internal Hao172Server Hao172Server { get; }

    internal YunfanServer YunfanServer { get; }

    internal WeChatPlatform WeChatPlatform { get; }

    internal WeChatBooks WeChatBooks { get; }

    internal WeChatUsers WeChatUsers { get; }

    internal WeChatServer WeChatServer { get; }

    internal WeChatTransferBooks WeChatTransfers { get; }

    internal AlipayPlatform AlipayPlatform { get; }

    internal AlipayBooks AlipayBooks { get; }

    internal AlipayTransferBooks Transfers { get; }

    internal AlipayServer AlipayServer { get; }

    /// <summary>How WeChat refunds end from now on: SUCCESS, ABNORMAL or CLOSED.</summary>
    public string WeChatRefundsEnd { get => WeChatBooks.RefundsEnd; set => WeChatBooks.RefundsEnd = value; }

    /// <summary>Who holds the phone on which a page is opened inside WeChat, by openid.</summary>
    public string WeChatUser { get => WeChatUsers.Current; set => WeChatUsers.Current = value; }

    /// <summary>WeChat signs by its public key (PUB_KEY_ID_…) instead of a certificate.</summary>
    public bool SignWithPublicKey { get => WeChatPlatform.ByPublicKey; set => WeChatPlatform.ByPublicKey = value; }

    /// <summary>WeChat brings in a further certificate and signs with it from now on.</summary>
    public void RotateCertificate() => WeChatPlatform.Rotate();

    /// <summary>WeChat signs with the certificate before the last one again.</summary>
    public bool SignWithEarlierCertificate { get => WeChatPlatform.ByEarlier; set => WeChatPlatform.ByEarlier = value; }

    /// <summary>How often the merchant has fetched WeChat's certificates.</summary>
    public int CertificatesFetched => WeChatPlatform.Fetched;

    /// <summary>WeChat signs by a further public key from now on.</summary>
    public (string Id, string Pem) RotatePublicKey() => WeChatPlatform.RotatePublicKey();

    /// <summary>The WeChat merchant puts a further certificate in force at the console.</summary>
    public void EnforceMerchantKey(string serial, string keyPem) => WeChatPlatform.Enforce(serial, keyPem);

    /// <summary>The WeChat merchant ends a certificate at the console.</summary>
    public void EndMerchantKey(string serial) => WeChatPlatform.End(serial);

    /// <summary>The name of a payee as WeChat has unsealed it.</summary>
    public string? NameOfPayee(string outBillNo) => WeChatTransfers.All.Single(t => t.OutBillNo == outBillNo).Name;

    /// <summary>Alipay signs with a further certificate from now on: its own, or one that the same root has given to somebody else.</summary>
    public void RotateAlipayCertificate(string? owner = null) => AlipayPlatform.Rotate(owner);

    /// <summary>How often the merchant has downloaded a certificate of Alipay's.</summary>
    public int AlipayCertificatesDownloaded => AlipayPlatform.Downloaded;

    /// <summary>How transfers end from now on.</summary>
    public TransferEnding TransfersEnd { get => Transfers.Ending; set => Transfers.Ending = WeChatTransfers.Ending = value; }

    /// <summary>Ends a transfer that is on its way. False where there is none.</summary>
    public bool EndTransfer(string outBizNo, bool success) => Transfers.End(outBizNo, success) || WeChatTransfers.End(outBizNo, success);

    /// <summary>What payees have received.</summary>
    public Money Transferred => new(
        Transfers.All.Where(t => t.Status == "SUCCESS").Sum(t => t.Amount.Minor) + WeChatTransfers.All.Where(t => t.State == "SUCCESS").Sum(t => t.Amount));

    /// <summary>Somebody pays the WeChat merchant for an order of another system.</summary>
    public void SellElsewhere(string outTradeNo, Money amount) => WeChatBooks.SellElsewhere(outTradeNo, amount.Minor);

    /// <summary>What the consumer of this order has been given back.</summary>
    public Money Refunded(string outTradeNo) => AlipayBooks.Find(outTradeNo)?.Returned
        ?? new(WeChatBooks.Find(outTradeNo)?.Refunds.Where(r => r.State(Time.Now) == "SUCCESS").Sum(r => r.Amount) ?? 0);

    /// <summary>The consumer pays another amount at WeChat than was asked for.</summary>
    public bool PayAnother(string outTradeNo, Money amount)
    {
        if (WeChatBooks.Find(outTradeNo) is not { PaidAt: null } trade) return false;
        trade.Total = amount.Minor;
        return WeChatServer.Pay(trade);
    }

    /// <summary>The consumer pays. False where there is no such order or it cannot be paid any more.</summary>
    public bool Pay(string outTradeNo) =>
        (WeChatBooks.Find(outTradeNo) is { } trade && WeChatServer.Pay(trade))
        || (AlipayBooks.Find(outTradeNo) is { } other && AlipayServer.Pay(other));
}

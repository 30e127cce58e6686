using HaoSuan.Payments.Channels;
using HaoSuan.Sandbox;
using HaoSuan.Sandbox.Alipay;

namespace HaoSuan.Tests.Wires;

public sealed class AlipayTransferTests() : TransferTests("alipay");

public sealed class WeChatTransferTests() : TransferTests("wechat")
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_name_is_sealed_under_the_platforms_key(bool publicKey)
    {
        World.SignWithPublicKey = publicKey;
        var transfers = new WeChatTransfers(Wiring.Client(), Wires.Wiring.Keys.WeChatPay(Wiring.Sandbox.Address, publicKey), Wiring.Time);
        if (!publicKey) World.RotateCertificate();

        Assert.IsType<TransferState.Paid>(await transfers.TransferAsync(Order, Cancel));
        Assert.Equal("张三", World.NameOfPayee(Order.OutBizNo.Value));
    }

    [Fact]
    public async Task Below_thirty_fen_no_name_travels()
    {
        Assert.IsType<TransferState.Paid>(await Transfers().TransferAsync(Order with { Amount = new(29) }, Cancel));
        Assert.Null(World.NameOfPayee(Order.OutBizNo.Value));
    }

    [Fact]
    public async Task The_payee_has_to_confirm()
    {
        World.TransfersEnd = TransferEnding.Pend;
        var pending = Assert.IsType<TransferState.Pending>(await Transfers().TransferAsync(Order, Cancel));
        Assert.StartsWith("package-", pending.Confirm!.Package, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Its_end_is_told_under_our_number()
    {
        World.TransfersEnd = TransferEnding.Pend;
        await Transfers().TransferAsync(Order with { NotifyUrl = Wiring.Merchant.Notify("wechat") }, Cancel);
        World.EndTransfer(Order.OutBizNo.Value, success: true);
        await Wiring.DeliverAsync();
        Assert.Equal(Order.OutBizNo, Assert.IsType<ChannelNotice.OfTransfer>(Assert.Single(Wiring.Merchant.Notices)).OutBizNo);
    }
}

public abstract class TransferTests(string channel) : IAsyncLifetime
{
    protected static readonly TradeNo Number = TradeNo.Parse("PO202603050001");

    protected static readonly TransferOrder Order = new(Number, new(323_456), "dealer@example.com", "张三", "佣金提现");

    private Wiring _wiring = null!;    // made before each test

    protected Wiring Wiring => _wiring;

    protected SandboxWorld World => _wiring.World;

    private Wire Line => channel == "wechat" ? Wire.WeChat : Wire.Alipay;

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _wiring = await Wiring.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await _wiring.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected ITransferChannel Transfers(HttpClient? http = null) => channel == "wechat"
        ? new WeChatTransfers(http ?? _wiring.Client(), Wires.Wiring.Keys.WeChatPay(_wiring.Sandbox.Address), _wiring.Time)
        : new AlipayTransfers(http ?? _wiring.Client(), Wires.Wiring.Keys.Alipay(_wiring.Sandbox.Address), _wiring.Time);

    [Fact]
    public async Task A_transfer_is_paid()
    {
        Assert.Equal(_wiring.Time.Now, Assert.IsType<TransferState.Paid>(await Transfers().TransferAsync(Order, Cancel)).At);
        Assert.IsType<TransferState.Paid>(await Transfers().QueryAsync(Number, Cancel));
        Assert.Equal(new Money(323_456), _wiring.World.Transferred);
    }

    [Theory]
    [InlineData(Fault.FailAfter)]
    [InlineData(Fault.HangAfter)]
    [InlineData(Fault.Tamper)]
    public async Task A_transfer_whose_answer_is_lost_is_unknown_and_repeated_without_paying_twice(Fault fault)
    {
        var transfers = Transfers(_wiring.Client(impatient: fault == Fault.HangAfter));
        if (transfers is WeChatTransfers) await transfers.QueryAsync(Number, Cancel);      // knows the platform's keys now
        _wiring.World.Faults.Set(Line, On.Call, fault);
        Assert.IsType<TransferState.Unknown>(await transfers.TransferAsync(Order, Cancel));
        Assert.IsType<TransferState.Paid>(await Transfers().TransferAsync(Order, Cancel));
        Assert.Equal(new Money(323_456), _wiring.World.Transferred);
    }

    [Fact]
    public async Task A_transfer_that_never_arrived_is_not_found()
    {
        var transfers = Transfers();
        await transfers.QueryAsync(Number, Cancel);
        _wiring.World.Faults.Set(Line, On.Call, Fault.Fail);
        Assert.IsType<TransferState.Unknown>(await transfers.TransferAsync(Order, Cancel));
        Assert.IsType<TransferState.NotFound>(await Transfers().QueryAsync(Number, Cancel));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_transfer_on_its_way_ends_later(bool success)
    {
        _wiring.World.TransfersEnd = TransferEnding.Pend;
        Assert.IsType<TransferState.Pending>(await Transfers().TransferAsync(Order, Cancel));
        Assert.IsType<TransferState.Pending>(await Transfers().QueryAsync(Number, Cancel));
        Assert.True(_wiring.World.EndTransfer(Number.Value, success));
        var ended = await Transfers().QueryAsync(Number, Cancel);
        if (success) Assert.IsType<TransferState.Paid>(ended);
        else Assert.StartsWith("PAYEE_ACCOUNT_", Assert.IsType<TransferState.Failed>(ended).Error.Code, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_channel_refuses_is_a_failure()
    {
        _wiring.World.TransfersEnd = TransferEnding.Refuse;
        Assert.Equal(channel == "wechat" ? "NOT_ENOUGH" : "PAYEE_NOT_EXIST",
            Assert.IsType<TransferState.Failed>(await Transfers().TransferAsync(Order, Cancel)).Error.Code);
    }

    [Fact]
    public async Task The_same_number_with_another_amount_tells_how_the_first_stands()
    {
        await Transfers().TransferAsync(Order, Cancel);
        Assert.IsType<TransferState.Paid>(await Transfers().TransferAsync(Order with { Amount = new(1) }, Cancel));
        Assert.Equal(new Money(323_456), _wiring.World.Transferred);
    }

    [Fact]
    public void A_transfer_does_not_print_its_payee() => Assert.Equal("Transfer PO202603050001 of 3234.56", Order.ToString());
}

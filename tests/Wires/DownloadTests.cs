using System.Net;
using System.Net.Http.Headers;
using HaoSuan.Payments.Channels;

namespace HaoSuan.Tests.Wires;

/// <summary>Bills behind an address that the channel signed: the file itself comes unsigned, from wherever, as large and as late as it likes.</summary>
public sealed class DownloadTests : IAsyncLifetime
{
    private static readonly DateOnly Day = new(2026, 3, 5);

    private Wiring _wiring = null!;    // made before each test

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _wiring = await Wiring.StartAsync();
        var order = new PaymentOrder(
            TradeNo.Parse("HS202603050001"), "号卡", new(1999), PayFace.Qr, _wiring.Time.Now + TimeSpan.FromMinutes(30), _wiring.Merchant.Notify("wechat"));
        var other = order with { OutTradeNo = TradeNo.Parse("HS202603050002"), NotifyUrl = _wiring.Merchant.Notify("alipay") };
        await _wiring.WeChat.CreateAsync(order, Cancel);
        await _wiring.Alipay.CreateAsync(other, Cancel);
        Assert.True(_wiring.World.Pay(order.OutTradeNo.Value) && _wiring.World.Pay(other.OutTradeNo.Value));
        _wiring.Time.Advance(TimeSpan.FromDays(1) + TimeSpan.FromHours(3));
    }

    public ValueTask DisposeAsync() => _wiring.DisposeAsync();

    [Theory]
    [InlineData("wechat")]
    [InlineData("alipay")]
    public async Task A_file_without_an_end_is_given_up_at_the_limit(string channel)
    {
        using var endless = new Endless();
        using var http = new HttpClient(new Stub(_ => Task.FromResult<Stream>(endless))) { MaxResponseContentBufferSize = 1024 * 1024 };

        Assert.Equal("payments.bill_unavailable", (await DownloadAsync(channel, http)).Refusals[0].Code);
        Assert.InRange(endless.Given, 1024 * 1024, 2 * 1024 * 1024);
    }

    [Theory]
    [InlineData("wechat")]
    [InlineData("alipay")]
    public async Task A_file_that_does_not_come_is_given_up_in_time(string channel)
    {
        using var http = new HttpClient(new Stub(async cancel =>
        {
            await Task.Delay(Timeout.Infinite, cancel);
            return Stream.Null;
        }))
        { Timeout = TimeSpan.FromMilliseconds(50) };

        Assert.Equal("payments.bill_unavailable", (await DownloadAsync(channel, http)).Refusals[0].Code);
    }

    [Fact]
    public async Task A_file_that_is_another_one_is_refused()
    {
        using var http = new HttpClient(new Stub(_ => Task.FromResult<Stream>(new MemoryStream([1, 2, 3]))));

        Assert.Equal("payments.bill_altered", (await DownloadAsync("wechat", http)).Refusals[0].Code);
    }

    private Task<Result<ChannelBill>> DownloadAsync(string channel, HttpClient downloads)
    {
        var at = _wiring.Sandbox.Address;
        IPaymentChannel asked = channel == "wechat"
            ? new WeChatPay(_wiring.Client(), Wiring.Keys.WeChatPay(at), _wiring.Time, downloads)
            : new Alipay(_wiring.Client(), Wiring.Keys.Alipay(at), _wiring.Time, downloads);
        return asked.DownloadBillAsync(Day, BillKind.Trades, Cancel);
    }

    private sealed class Stub(Func<CancellationToken, Task<Stream>> file) : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var content = new StreamContent(await file(cancellationToken));
            content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
            return new HttpResponseMessage(HttpStatusCode.OK) { Content = content };
        }
    }

    /// <summary>Zeros, without an end and without a length.</summary>
    private sealed class Endless : Stream
    {
        public long Given { get; private set; }

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => Given; set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            Array.Clear(buffer, offset, count);
            Given += count;
            return count;
        }

        public override void Flush() => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}

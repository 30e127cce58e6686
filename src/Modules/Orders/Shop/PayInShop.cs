using HaoSuan.Payments;
using HaoSuan.Payments.Channels;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace HaoSuan.Orders;

/// <summary>Lets a consumer pay in his browser: inside WeChat, through the channel's page, or by a code that he scans.</summary>
public sealed class PayInShop(StartPayment start, PaymentAddresses addresses, EnterShop shop, WeChatPayers? payers = null)
{
    private const string CodeOnly = "-qr";

    /// <summary>
    /// Where a browser inside WeChat goes first, so that WeChat tells who pays; null where nobody has to be known. It comes back to
    /// <see cref="Payable.Recognised"/>.
    /// </summary>
    public Uri? Recognise(Payable payable, string chosen, HttpContext http) => chosen == "wechat" && http.Face == PayFace.InWeChat
        ? payers?.AskAt(new(addresses.PublicBase, payable.Recognised), http.PayerState(payable.Status))
        : null;

    /// <param name="payable">What is paid.</param>
    /// <param name="chosen">A channel's name: the way that suits where the consumer stands; with "-qr" after it a code to scan.</param>
    /// <param name="http">The consumer's browser.</param>
    /// <param name="cancel">Ends the attempt.</param>
    public Task<Result<PaymentStarted>> StartAsync(Payable payable, string chosen, HttpContext http, CancellationToken cancel = default)
    {
        var channel = ChannelOf(chosen);
        // Who pays inside WeChat is not known here, and Alipay does not open there: the payer scans.
        var face = channel.Length < chosen.Length || http.Face == PayFace.InWeChat ? PayFace.Qr : http.Face;
        return StartAsync(payable, channel, face, null, http, cancel);
    }

    /// <summary>The browser is back from where <see cref="Recognise"/> has sent it.</summary>
    public async Task<Result<PaymentStarted>> StartRecognisedAsync(
        Payable payable, string code, string state, HttpContext http, CancellationToken cancel = default) =>
        payers is not null && code.Length is > 0 and <= 200 && state == http.PayerState(payable.Status)
            && await payers.FindAsync(code, cancel) is { } payer
                ? await StartAsync(payable, "wechat", PayFace.InWeChat, payer, http, cancel)
                : new Refusal("orders.payer_unknown").On("channel");

    public async Task<IResult> ShowAsync(PaymentStarted started, Payable payable, string chosen, CancellationToken cancel = default) => started.PayBy switch
    {
        PayBy.Redirect redirect => TypedResults.Redirect(redirect.Url.AbsoluteUri),
        PayBy.QrText qr => new RazorComponentResult<PayPage>(new
        {
            Shop = await shop.NameAsync(cancel),
            payable.Amount,
            Status = Paid(payable),
            Channel = ChannelOf(chosen),
            Code = qr.Text,
            Until = started.ExpiresAt,
        }),
        PayBy.HandOver { Parameters: var handed } => new RazorComponentResult<HandOverPage>(new
        {
            Shop = await shop.NameAsync(cancel),
            payable.Amount,
            Handed = handed,
            payable.Status,
            Paid = Paid(payable),
        }),
        _ => throw new InvalidOperationException("An unknown way to pay."),
    };

    private static string ChannelOf(string chosen) =>
        chosen.EndsWith(CodeOnly, StringComparison.Ordinal) ? chosen[..^CodeOnly.Length] : chosen;

    private static string Paid(Payable payable) => $"{payable.Status}?returned=1";

    private Task<Result<PaymentStarted>> StartAsync(
        Payable payable, string channel, PayFace face, OpenId? payer, HttpContext http, CancellationToken cancel) =>
        start.RunAsync(new(payable.Id, payable.No, payable.Amount, channel, face, payable.Description, http.Connection.RemoteIpAddress?.ToString(),
            new(addresses.PublicBase, Paid(payable)), payable.For) { Payer = payer }, cancel);
}

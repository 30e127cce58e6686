using HaoSuan.Payments;
using HaoSuan.Payments.Channels;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace HaoSuan.Orders;

/// <summary>Lets a consumer pay in his browser: through the channel's page, or by a code that he scans.</summary>
public sealed class PayInShop(StartPayment start, PaymentAddresses addresses, EnterShop shop)
{
    public Task<Result<PaymentStarted>> StartAsync(Payable payable, string channel, HttpContext http, CancellationToken cancel = default) =>
        start.RunAsync(new(payable.Id, payable.No, payable.Amount, channel, http.PayFaceFor(channel), payable.Description,
            http.Connection.RemoteIpAddress?.ToString(), new(addresses.PublicBase, $"{payable.Status}?returned=1"), payable.For), cancel);

    public async Task<IResult> ShowAsync(PaymentStarted started, Payable payable, string channel, CancellationToken cancel = default) => started.PayBy switch
    {
        PayBy.Redirect redirect => TypedResults.Redirect(redirect.Url.AbsoluteUri),
        PayBy.QrText qr => new RazorComponentResult<PayPage>(new
        {
            Shop = await shop.NameAsync(cancel),
            payable.Amount,
            Status = $"{payable.Status}?returned=1",
            Channel = channel,
            Code = qr.Text,
            Until = started.ExpiresAt,
        }),
        _ => throw new InvalidOperationException("No hand-over was asked for."),
    };
}

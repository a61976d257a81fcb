<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>agreement_page</name>
    <message>
        <source>Service agreement (please read it carefully)</source>
        <translation>Service agreement (please read it carefully)</translation>
    </message>
    <message>
        <source>How personal data are used</source>
        <translation>How personal data are used</translation>
    </message>
    <message>
        <source>I accept the service agreement</source>
        <translation>I accept the service agreement</translation>
    </message>
    <message>
        <source>I agree to this use of personal data</source>
        <translation>I agree to this use of personal data</translation>
    </message>
    <message>
        <source>Please read the text above to its end first.</source>
        <translation>Please read the text above to its end first.</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Back</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>Next</translation>
    </message>
    <message>
        <source>Possible after both boxes are ticked</source>
        <translation>Possible after both boxes are ticked</translation>
    </message>
    <message>
        <source>Application for a renewal</source>
        <translation>Application for a renewal</translation>
    </message>
</context>
<context>
    <name>facts_table</name>
    <message>
        <source>%1 (yuan)</source>
        <translation>%1 (yuan)</translation>
    </message>
    <message>
        <source>%1 → %2 after renewal</source>
        <translation>%1 → %2 after renewal</translation>
    </message>
    <message>
        <source>Order number</source>
        <translation>Order number</translation>
    </message>
    <message>
        <source>Subject</source>
        <translation>Subject</translation>
    </message>
    <message>
        <source>Token</source>
        <translation>Token</translation>
    </message>
    <message>
        <source>Applied at</source>
        <translation>Applied at</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Progress</translation>
    </message>
    <message>
        <source>Fee (without delivery)</source>
        <translation>Fee (without delivery)</translation>
    </message>
    <message>
        <source>Valid until</source>
        <translation>Valid until</translation>
    </message>
    <message>
        <source>Applicant</source>
        <translation>Applicant</translation>
    </message>
    <message>
        <source>Remark</source>
        <translation>Remark</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Details</translation>
    </message>
    <message>
        <source>What the fee contains</source>
        <translation>What the fee contains</translation>
    </message>
</context>
<context>
    <name>field_words</name>
    <message>
        <source>Resident identity card</source>
        <translation>Resident identity card</translation>
    </message>
    <message>
        <source>Mainland travel permit for Hong Kong and Macau residents</source>
        <translation>Mainland travel permit for Hong Kong and Macau residents</translation>
    </message>
    <message>
        <source>Mainland travel permit for Taiwan residents</source>
        <translation>Mainland travel permit for Taiwan residents</translation>
    </message>
    <message>
        <source>Passport</source>
        <translation>Passport</translation>
    </message>
    <message>
        <source>Unified social credit code</source>
        <translation>Unified social credit code</translation>
    </message>
    <message>
        <source>Applicant&apos;s kind of document</source>
        <translation>Applicant&apos;s kind of document</translation>
    </message>
    <message>
        <source>Applicant&apos;s document number</source>
        <translation>Applicant&apos;s document number</translation>
    </message>
    <message>
        <source>The real and valid number of the document</source>
        <translation>The real and valid number of the document</translation>
    </message>
    <message>
        <source>Applicant&apos;s name</source>
        <translation>Applicant&apos;s name</translation>
    </message>
    <message>
        <source>The real name, as on the document with that number</source>
        <translation>The real name, as on the document with that number</translation>
    </message>
    <message>
        <source>Applicant&apos;s address</source>
        <translation>Applicant&apos;s address</translation>
    </message>
    <message>
        <source>Mobile number</source>
        <translation>Mobile number</translation>
    </message>
    <message>
        <source>A real mobile number that is in use</source>
        <translation>A real mobile number that is in use</translation>
    </message>
    <message>
        <source>Applicant&apos;s e-mail</source>
        <translation>Applicant&apos;s e-mail</translation>
    </message>
    <message>
        <source>A real e-mail address that is in use</source>
        <translation>A real e-mail address that is in use</translation>
    </message>
    <message>
        <source>Kind of invoice</source>
        <translation>Kind of invoice</translation>
    </message>
    <message>
        <source>Invoice title</source>
        <translation>Invoice title</translation>
    </message>
    <message>
        <source>Whom the invoice is made out to</source>
        <translation>Whom the invoice is made out to</translation>
    </message>
    <message>
        <source>Taxpayer number</source>
        <translation>Taxpayer number</translation>
    </message>
    <message>
        <source>The unified social credit code, 18 characters</source>
        <translation>The unified social credit code, 18 characters</translation>
    </message>
    <message>
        <source>E-mail for the invoice</source>
        <translation>E-mail for the invoice</translation>
    </message>
    <message>
        <source>The invoice is sent there</source>
        <translation>The invoice is sent there</translation>
    </message>
    <message>
        <source>Registered address</source>
        <translation>Registered address</translation>
    </message>
    <message>
        <source>Registered telephone</source>
        <translation>Registered telephone</translation>
    </message>
    <message>
        <source>Bank</source>
        <translation>Bank</translation>
    </message>
    <message>
        <source>Bank account</source>
        <translation>Bank account</translation>
    </message>
    <message>
        <source>The real and valid number of the identity card</source>
        <translation>The real and valid number of the identity card</translation>
    </message>
</context>
<context>
    <name>form_page</name>
    <message>
        <source>is being asked for …</source>
        <translation>is being asked for …</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>unknown</translation>
    </message>
    <message>
        <source>%1 (unit: yuan)</source>
        <translation>%1 (unit: yuan)</translation>
    </message>
    <message>
        <source>%1 → %2</source>
        <translation>%1 → %2</translation>
    </message>
    <message>
        <source>Please tick that you know this, then submit again.</source>
        <translation>Please tick that you know this, then submit again.</translation>
    </message>
    <message>
        <source>Application for the renewal of a digital certificate</source>
        <translation>Application for the renewal of a digital certificate</translation>
    </message>
    <message>
        <source>Basics</source>
        <translation>Basics</translation>
    </message>
    <message>
        <source>Applicant</source>
        <translation>Applicant</translation>
    </message>
    <message>
        <source>Subject</source>
        <translation>Subject</translation>
    </message>
    <message>
        <source>Term</source>
        <translation>Term</translation>
    </message>
    <message>
        <source>Choose the term of the renewal; the fee depends on it</source>
        <translation>Choose the term of the renewal; the fee depends on it</translation>
    </message>
    <message>
        <source>%1 months</source>
        <translation>%1 months</translation>
    </message>
    <message>
        <source>Fee</source>
        <translation>Fee</translation>
    </message>
    <message>
        <source>Valid until (now → renewed)</source>
        <translation>Valid until (now → renewed)</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Details</translation>
    </message>
    <message>
        <source>What the fee contains</source>
        <translation>What the fee contains</translation>
    </message>
    <message>
        <source>Please note: the new certificate cannot open files that were encrypted to the old one (bids, for example). The old certificate stays on the token: do not delete it.</source>
        <translation>Please note: the new certificate cannot open files that were encrypted to the old one (bids, for example). The old certificate stays on the token: do not delete it.</translation>
    </message>
    <message>
        <source>I know this, and keep the old certificate</source>
        <translation>I know this, and keep the old certificate</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Back</translation>
    </message>
    <message>
        <source>Submit</source>
        <translation>Submit</translation>
    </message>
    <message>
        <source>The PIN of the token is asked for next</source>
        <translation>The PIN of the token is asked for next</translation>
    </message>
</context>
<context>
    <name>home_card</name>
    <message>
        <source>A renewal is under way</source>
        <translation>A renewal is under way</translation>
    </message>
    <message>
        <source>Order number: %1</source>
        <translation>Order number: %1</translation>
    </message>
    <message>
        <source>Subject: %1</source>
        <translation>Subject: %1</translation>
    </message>
    <message>
        <source>Progress: %1</source>
        <translation>Progress: %1</translation>
    </message>
    <message>
        <source>And %1 more</source>
        <translation>And %1 more</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Go on</translation>
    </message>
    <message>
        <source>Shows the order</source>
        <translation>Shows the order</translation>
    </message>
</context>
<context>
    <name>order_page</name>
    <message>
        <source>Fill in again</source>
        <translation>Fill in again</translation>
    </message>
    <message>
        <source>Enter the PIN and submit</source>
        <translation>Enter the PIN and submit</translation>
    </message>
    <message>
        <source>Submit now</source>
        <translation>Submit now</translation>
    </message>
    <message>
        <source>Pay now</source>
        <translation>Pay now</translation>
    </message>
    <message>
        <source>I have paid</source>
        <translation>I have paid</translation>
    </message>
    <message>
        <source>Enter the PIN and withdraw</source>
        <translation>Enter the PIN and withdraw</translation>
    </message>
    <message>
        <source>Submit</source>
        <translation>Submit</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Go on</translation>
    </message>
    <message>
        <source>Forgotten PIN</source>
        <translation>Forgotten PIN</translation>
    </message>
    <message>
        <source>OK, install now</source>
        <translation>OK, install now</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Done</translation>
    </message>
    <message>
        <source>Apply again</source>
        <translation>Apply again</translation>
    </message>
    <message>
        <source>Application</source>
        <translation>Application</translation>
    </message>
    <message>
        <source>Payment</source>
        <translation>Payment</translation>
    </message>
    <message>
        <source>Review</source>
        <translation>Review</translation>
    </message>
    <message>
        <source>Installation</source>
        <translation>Installation</translation>
    </message>
    <message>
        <source>Complete</source>
        <translation>Complete</translation>
    </message>
    <message>
        <source>One moment, please.</source>
        <translation>One moment, please.</translation>
    </message>
    <message>
        <source>You may close this window: the order goes on, and is kept on the home page.</source>
        <translation>You may close this window: the order goes on, and is kept on the home page.</translation>
    </message>
    <message>
        <source>The new certificate will now be installed on the token. Its PIN is needed once more. Keep the token plugged in until it is done.</source>
        <translation>The new certificate will now be installed on the token. Its PIN is needed once more. Keep the token plugged in until it is done.</translation>
    </message>
    <message>
        <source>The new certificate will now be installed on the token. Keep the token plugged in until it is done.</source>
        <translation>The new certificate will now be installed on the token. Keep the token plugged in until it is done.</translation>
    </message>
    <message>
        <source>The PIN of the token is needed once. There is no second fee.</source>
        <translation>The PIN of the token is needed once. There is no second fee.</translation>
    </message>
    <message>
        <source>Electronic seal: to be issued again for the new certificate</source>
        <translation>Electronic seal: to be issued again for the new certificate</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Back</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>Look again</translation>
    </message>
    <message>
        <source>Asks how the order stands now</source>
        <translation>Asks how the order stands now</translation>
    </message>
    <message>
        <source>Pay another way</source>
        <translation>Pay another way</translation>
    </message>
    <message>
        <source>Open the payment page</source>
        <translation>Open the payment page</translation>
    </message>
    <message>
        <source>In the browser</source>
        <translation>In the browser</translation>
    </message>
    <message>
        <source>Withdraw the application</source>
        <translation>Withdraw the application</translation>
    </message>
    <message>
        <source>Do you really want to withdraw this application? You would have to apply again.</source>
        <translation>Do you really want to withdraw this application? You would have to apply again.</translation>
    </message>
    <message>
        <source>No, keep it</source>
        <translation>No, keep it</translation>
    </message>
    <message>
        <source>Yes, withdraw it</source>
        <translation>Yes, withdraw it</translation>
    </message>
    <message>
        <source>The PIN of the token may be asked for</source>
        <translation>The PIN of the token may be asked for</translation>
    </message>
    <message>
        <source>Service hotline: %1</source>
        <translation>Service hotline: %1</translation>
    </message>
    <message>
        <source>You can also scan the code with a telephone and pay there. If no browser opens, copy the address into one.</source>
        <translation>You can also scan the code with a telephone and pay there. If no browser opens, copy the address into one.</translation>
    </message>
    <message>
        <source>Copy the address</source>
        <translation>Copy the address</translation>
    </message>
    <message>
        <source>Of the payment page, for any browser</source>
        <translation>Of the payment page, for any browser</translation>
    </message>
</context>
<context>
    <name>payment_page</name>
    <message>
        <source>Payment</source>
        <translation>Payment</translation>
    </message>
    <message>
        <source>Please check these data once more. If something is wrong, go back and withdraw.</source>
        <translation>Please check these data once more. If something is wrong, go back and withdraw.</translation>
    </message>
    <message>
        <source>Method of payment</source>
        <translation>Method of payment</translation>
    </message>
    <message>
        <source>Invoice</source>
        <translation>Invoice</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Back</translation>
    </message>
    <message>
        <source>Submit</source>
        <translation>Submit</translation>
    </message>
    <message>
        <source>Opens the payment page</source>
        <translation>Opens the payment page</translation>
    </message>
</context>
<context>
    <name>payment_way_page</name>
    <message>
        <source>How do you want to pay?</source>
        <translation>How do you want to pay?</translation>
    </message>
    <message>
        <source>The fee does not include delivery. After the payment the order goes on by itself.</source>
        <translation>The fee does not include delivery. After the payment the order goes on by itself.</translation>
    </message>
    <message>
        <source>Online payment</source>
        <translation>Online payment</translation>
    </message>
    <message>
        <source>Bank transfer</source>
        <translation>Bank transfer</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Back</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>Next</translation>
    </message>
</context>
<context>
    <name>renewal_page</name>
    <message>
        <source>Try again</source>
        <translation>Try again</translation>
    </message>
    <message>
        <source>The browser could not be opened. Scan the code instead.</source>
        <translation>The browser could not be opened. Scan the code instead.</translation>
    </message>
    <message>
        <source>Certificate renewal</source>
        <translation>Certificate renewal</translation>
    </message>
    <message>
        <source>OK</source>
        <translation>OK</translation>
    </message>
    <message>
        <source>Looked up just now (%1): no payment has been reported yet. It can take a minute; please do not pay twice.</source>
        <translation>Looked up just now (%1): no payment has been reported yet. It can take a minute; please do not pay twice.</translation>
    </message>
    <message>
        <source>The new certificate is installed.</source>
        <translation>The new certificate is installed.</translation>
    </message>
    <message>
        <source>Forgotten PIN</source>
        <translation>Forgotten PIN</translation>
    </message>
    <message>
        <source>Read the agreement</source>
        <translation>Read the agreement</translation>
    </message>
    <message>
        <source>Ask for the fee again</source>
        <translation>Ask for the fee again</translation>
    </message>
    <message>
        <source>Show the orders</source>
        <translation>Show the orders</translation>
    </message>
    <message>
        <source>The new certificate is being installed. Do not unplug the token …</source>
        <translation>The new certificate is being installed. Do not unplug the token …</translation>
    </message>
    <message>
        <source>The application is being signed and submitted …</source>
        <translation>The application is being signed and submitted …</translation>
    </message>
    <message>
        <source>Please choose &quot;Forgotten PIN&quot; in this client.</source>
        <translation>Please choose &quot;Forgotten PIN&quot; in this client.</translation>
    </message>
    <message>
        <source>Your application has been submitted. Please press &quot;Pay now&quot; to pay the fee!</source>
        <translation>Your application has been submitted. Please press &quot;Pay now&quot; to pay the fee!</translation>
    </message>
</context>
<context>
    <name>start_page</name>
    <message>
        <source>Order number %1</source>
        <translation>Order number %1</translation>
    </message>
    <message>
        <source>Token %1</source>
        <translation>Token %1</translation>
    </message>
    <message>
        <source>Progress: %1</source>
        <translation>Progress: %1</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Go on</translation>
    </message>
    <message>
        <source>Go on with order %1</source>
        <translation>Go on with order %1</translation>
    </message>
    <message>
        <source>An order whose record cannot be read</source>
        <translation>An order whose record cannot be read</translation>
    </message>
    <message>
        <source>Valid until %1</source>
        <translation>Valid until %1</translation>
    </message>
    <message>
        <source>Renew this one</source>
        <translation>Renew this one</translation>
    </message>
    <message>
        <source>Token %1, valid until %2</source>
        <translation>Token %1, valid until %2</translation>
    </message>
    <message>
        <source>Find this order</source>
        <translation>Find this order</translation>
    </message>
    <message>
        <source>Certificate renewal</source>
        <translation>Certificate renewal</translation>
    </message>
    <message>
        <source>You need about five minutes, the PIN of the token, and the applicant&apos;s document. The certificate must still be valid; one that has ended cannot be renewed.</source>
        <translation>You need about five minutes, the PIN of the token, and the applicant&apos;s document. The certificate must still be valid; one that has ended cannot be renewed.</translation>
    </message>
    <message>
        <source>Orders under way</source>
        <translation>Orders under way</translation>
    </message>
    <message>
        <source>Which certificate is to be renewed?</source>
        <translation>Which certificate is to be renewed?</translation>
    </message>
    <message>
        <source>Apply for renewal</source>
        <translation>Apply for renewal</translation>
    </message>
    <message>
        <source>Did you apply on another computer?</source>
        <translation>Did you apply on another computer?</translation>
    </message>
    <message>
        <source>Look for orders …</source>
        <translation>Look for orders …</translation>
    </message>
    <message>
        <source>Asks the registration authority; the PIN of the token is needed</source>
        <translation>Asks the registration authority; the PIN of the token is needed</translation>
    </message>
    <message>
        <source>Plug in the token with your certificate, then press &quot;Apply for renewal&quot;.</source>
        <translation>Plug in the token with your certificate, then press &quot;Apply for renewal&quot;.</translation>
    </message>
    <message>
        <source>Earlier orders</source>
        <translation>Earlier orders</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Show</translation>
    </message>
    <message>
        <source>Show order %1</source>
        <translation>Show order %1</translation>
    </message>
</context>
</TS>

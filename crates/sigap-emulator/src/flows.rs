//! The forms of the business accounts (Flows): drafts, screens, published ones. Held in memory.

use std::collections::BTreeMap;
use std::sync::Mutex;

use serde_json::{Value, json};

use crate::bubble::FlowUse;
use crate::flow_json::{faults, screen_ids};
use crate::graph::error::GraphError;
use crate::limits::FLOWS_KEPT_MAX;
use crate::lock::lock;

/// The first id; Meta's have 15 or 16 digits.
const FIRST_ID: u64 = 900_000_000_000_001;
/// Categories that Meta knows (Flows API).
const CATEGORIES: [&str; 8] = [
    "SIGN_UP",
    "SIGN_IN",
    "APPOINTMENT_BOOKING",
    "LEAD_GENERATION",
    "CONTACT_US",
    "CUSTOMER_SUPPORT",
    "SURVEY",
    "OTHER",
];

/// One form.
#[derive(Clone)]
pub(crate) struct Flow {
    id: String,
    waba: String,
    name: String,
    categories: Vec<String>,
    endpoint: Option<String>,
    screens: Value,
    faults: Vec<Value>,
    is_published: bool,
}

impl Flow {
    /// As the API describes it.
    pub(crate) fn to_wire(&self) -> Value {
        json!({
            "id": self.id,
            "name": self.name,
            "status": if self.is_published { "PUBLISHED" } else { "DRAFT" },
            "categories": self.categories,
            "validation_errors": self.faults,
        })
    }

    /// Where phones ask for its screens.
    pub(crate) fn endpoint(&self) -> Option<&str> {
        self.endpoint.as_deref()
    }

    /// Its screens, as they were put there.
    pub(crate) const fn screens(&self) -> &Value {
        &self.screens
    }
}

/// All forms.
#[derive(Default)]
pub(crate) struct Flows(Mutex<BTreeMap<String, Flow>>);

impl Flows {
    pub(crate) fn get(&self, id: &str) -> Option<Flow> {
        lock(&self.0).get(id).cloned()
    }

    pub(crate) fn list(&self, waba: &str) -> Vec<Value> {
        let flows = lock(&self.0);
        flows
            .values()
            .filter(|flow| flow.waba == waba)
            .map(Flow::to_wire)
            .collect()
    }

    /// A new draft without screens; its id.
    pub(crate) fn create(
        &self,
        waba: &str,
        name: &str,
        categories: Vec<String>,
        endpoint: Option<String>,
    ) -> Result<String, GraphError> {
        if name.trim().is_empty() {
            return Err(GraphError::missing("name"));
        }
        if categories.is_empty()
            || categories
                .iter()
                .any(|category| !CATEGORIES.contains(&category.as_str()))
        {
            return Err(GraphError::parameter(
                "categories must name at least one known category",
            ));
        }
        let mut flows = lock(&self.0);
        if flows.values().any(|flow| flow.waba == waba && flow.name == name) {
            return Err(GraphError::parameter(format!("A Flow is called {name} already")));
        }
        if flows.len() >= FLOWS_KEPT_MAX {
            return Err(GraphError::new(4, "The account holds as many Flows as it can"));
        }
        // Flows are never removed, so the count is the next number.
        let id = (FIRST_ID + flows.len() as u64).to_string();
        let flow = Flow {
            id: id.clone(),
            waba: waba.to_owned(),
            name: name.to_owned(),
            categories,
            endpoint,
            screens: Value::Null,
            faults: Vec::new(),
            is_published: false,
        };
        flows.insert(id.clone(), flow);
        Ok(id)
    }

    /// Puts screens there; what is wrong with them.
    pub(crate) fn put_screens(&self, id: &str, file: &[u8]) -> Result<Vec<Value>, GraphError> {
        let mut flows = lock(&self.0);
        let flow = flows.get_mut(id).ok_or_else(|| GraphError::no_such_object(id))?;
        if flow.is_published {
            return Err(GraphError::new(139_000, "A published Flow is not changed here"));
        }
        let screens: Value =
            serde_json::from_slice(file).map_err(|_| GraphError::parameter("The file is not valid JSON"))?;
        flow.faults = faults(&screens)
            .into_iter()
            .map(
                |fault| json!({ "error": "INVALID_PROPERTY_VALUE", "error_type": "FLOW_JSON_ERROR", "message": fault }),
            )
            .collect();
        flow.screens = screens;
        Ok(flow.faults.clone())
    }

    pub(crate) fn publish(&self, id: &str) -> Result<(), GraphError> {
        let mut flows = lock(&self.0);
        let flow = flows.get_mut(id).ok_or_else(|| GraphError::no_such_object(id))?;
        if flow.screens.is_null() || !flow.faults.is_empty() {
            return Err(GraphError::new(139_002, "The Flow has no valid screens"));
        }
        if flow.screens.get("data_api_version").is_some() && flow.endpoint.is_none() {
            return Err(GraphError::new(139_002, "The Flow asks an endpoint and has none"));
        }
        flow.is_published = true;
        Ok(())
    }

    /// Finds the form that a message wants to open, and writes its id into the message.
    pub(crate) fn settle(&self, waba: &str, wish: &mut FlowUse) -> Result<(), GraphError> {
        let flows = lock(&self.0);
        let found = flows.values().find(|flow| {
            let named = if wish.is_named { &flow.name } else { &flow.id };
            flow.waba == waba && *named == wish.flow
        });
        let flow = found.ok_or_else(|| GraphError::value(format!("There is no Flow {}", wish.flow)))?;
        if flow.is_published == wish.is_draft {
            return Err(GraphError::value("The Flow is not in the mode of the message"));
        }
        if wish.asks_endpoint && flow.endpoint.is_none() {
            return Err(GraphError::value(
                "flow_action data_exchange needs a Flow with an endpoint",
            ));
        }
        let mut screens = screen_ids(&flow.screens);
        if let Some(screen) = &wish.screen
            && !screens.any(|known| known == screen)
        {
            return Err(GraphError::value(format!("The Flow has no screen {screen}")));
        }
        wish.flow.clone_from(&flow.id);
        Ok(())
    }
}
